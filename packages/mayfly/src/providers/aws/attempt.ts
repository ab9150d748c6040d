import { ProviderError } from "../error.ts";
import { Fenced } from "../fenced.ts";
import { errorCode } from "./error-code.ts";
import { plain } from "./plain.ts";
import { Refused } from "../refused.ts";

/**
 * Runs one call; its failure becomes a `ProviderError` that begins with `what` was attempted.
 *
 * @param options.type the machine's type, for messages on stock
 */
export async function attempt<Result>(
  what: string,
  call: () => Promise<Result>,
  options: { type?: string } = {},
): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof Fenced) throw error;
    throw providerError(what, error, options);
  }
}

function providerError(what: string, error: unknown, { type }: { type?: string }): ProviderError {
  if (error instanceof ProviderError)
    return new ProviderError(error.code, `${what}: ${error.message}`, error);
  if (error instanceof Refused) {
    const suggestion = error.suggestion === undefined ? "" : `; ${error.suggestion}`;
    return new ProviderError("invalid_input", `${what}: ${error.message}${suggestion}`);
  }
  if (!(error instanceof Error)) return new ProviderError("unavailable", `${what}: failed`, { cause: error });
  const { httpStatusCode: status, requestId } = metadataOf(error);
  const code = errorCode(error.name, status);
  const request = requestId === undefined ? "" : ` (request ${plain(requestId)})`;
  // The SDK's own errors hold the whole answer: the cause is told in words.
  return new ProviderError(code, `${what}: ${plain(explain(code, error, type))}${request}`);
}

function explain(code: ProviderError["code"], error: Error, type: string | undefined): string {
  switch (code) {
    case "insufficient_capacity":
      return `insufficient capacity${type === undefined ? "" : ` for ${type}`} (${error.name})`;
    case "quota_exceeded":
      return `quota exceeded: ${error.message}`;
    case "rate_limited":
      return "too many calls";
    case "unavailable":
      return `no answer to rely on: ${innermost(error).message}`;
    default:
      return `${error.message} (${error.name})`;
  }
}

/** The innermost cause says most: `connect ECONNREFUSED 127.0.0.1:443`. */
const innermost = (error: Error): Error => (error.cause instanceof Error ? innermost(error.cause) : error);

interface Metadata {
  httpStatusCode?: number;
  requestId?: string;
}

/** What the SDK says of the answer; nothing where no answer came. */
function metadataOf(error: Error): Metadata {
  return "$metadata" in error ? (error.$metadata as Metadata) : {};
}
