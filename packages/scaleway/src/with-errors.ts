import { ScalewayCallError } from "./call-error.ts";
import { carriesUserData } from "./carries-user-data.ts";
import type { Clock } from "./clock.ts";
import type { Fetch } from "./fetch-chain.ts";
import { lostCall } from "./lost-call.ts";
import { operation } from "./operation.ts";
import { readWhole } from "./read-whole.ts";
import { refusal } from "./refusal.ts";
import { wordOf } from "./word-of.ts";

/**
 * Lets only trustworthy successes through; all else is thrown as a `ScalewayCallError`, with what the SDK would drop:
 * `X-Request-Id` and `Retry-After`.
 */
export function withErrors(next: Fetch, options: { secrets: readonly string[]; clock: Clock }): Fetch {
  return async (request) => {
    let response: Response;
    let text: string;
    try {
      response = await next(request);
      text = (await readWhole(response)).toString();
    } catch (error) {
      throw lostCall(request, error, options.secrets);
    }
    const { status, headers } = response;
    if (!response.ok)
      throw refusal(request, { status, headers, text }, { ...options, now: options.clock.now() });
    if (status === 204) return new Response(null, { status, headers });
    if (carriesUserData(request) && !headers.get("content-type")?.startsWith("application/json"))
      return new Response(text, { status, headers });
    const contentType = headers.get("content-type");
    if (!contentType?.startsWith("application/json") || !isJson(text))
      throw new ScalewayCallError({
        kind: "unavailable",
        operation: operation(request),
        explanation: "the answer is not whole JSON",
        status,
        requestId: wordOf(headers.get("x-request-id"), options.secrets),
      });
    if (contentType === "application/json") return new Response(text, { status, headers });
    // The SDK compares this header with `===`: a charset behind it would make it return the text.
    const plain = new Headers(headers);
    plain.set("content-type", "application/json");
    return new Response(text, { status, headers: plain });
  };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
