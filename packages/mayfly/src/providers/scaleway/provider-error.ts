import { ScalewayCallError, Withheld } from "@mayfly/scaleway";
import type { ProviderErrorCode } from "../error.ts";
import { ProviderError } from "../error.ts";
import { Fenced } from "../fenced.ts";
import { Refused } from "../refused.ts";

/** Runs one call; its failure becomes a `ProviderError` that begins with `what` was attempted. */
export async function attempt<Result>(
  what: string,
  call: () => Promise<Result>,
  options: { type?: string } = {},
): Promise<Result> {
  try {
    return await call();
  } catch (thrown) {
    const error = thrown instanceof Withheld ? thrown.cause : thrown;
    if (error instanceof Fenced) throw error;
    throw providerError(what, error, options);
  }
}

/** @param options.type the machine's type, for messages on stock. */
function providerError(what: string, error: unknown, options: { type?: string } = {}): ProviderError {
  if (error instanceof ProviderError)
    return new ProviderError(error.code, `${what}: ${error.message}`, error);
  if (error instanceof Refused) {
    const suggestion = error.suggestion === undefined ? "" : `; ${error.suggestion}`;
    return new ProviderError("invalid_input", `${what}: ${error.message}${suggestion}`);
  }
  if (!(error instanceof ScalewayCallError))
    return new ProviderError("unavailable", `${what}: ${error instanceof Error ? error.message : "failed"}`, {
      cause: error,
    });
  const said = explain(error, options.type);
  const request = error.requestId === undefined ? "" : ` (request ${error.requestId})`;
  return new ProviderError(codeOf(error), `${what}: ${said}${request}`, {
    retryAfterMs: error.retryAfterMs,
    cause: error,
  });
}

function explain(error: ScalewayCallError, type: string | undefined): string {
  switch (error.kind) {
    case "insufficient_capacity":
      return `insufficient capacity${type === undefined ? "" : ` for ${type}`}`;
    case "quota_exceeded":
      return `quota exceeded: ${error.explanation}`;
    case "rate_limited":
      return "too many calls";
    case "unavailable":
      return `no answer to rely on: ${error.explanation}`;
    case "not_found":
      return `${error.resource ?? "something"} is not there`;
    default:
      return error.explanation;
  }
}

/** The port knows no `not_found`: what a request names must exist, what we made may have gone meanwhile. */
function codeOf(error: ScalewayCallError): ProviderErrorCode {
  if (error.kind !== "not_found") return error.kind;
  return NAMED_BY_THE_REQUEST.has(error.resource ?? "") ? "invalid_input" : "conflict";
}

const NAMED_BY_THE_REQUEST: ReadonlySet<string> = new Set([
  "instance_image",
  "instance_security_group",
  "instance_placement_group",
  "MarketplaceImage",
]);
