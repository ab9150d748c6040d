import type { CallErrorKind } from "./call-error.ts";
import { ScalewayCallError } from "./call-error.ts";
import { carriesUserData } from "./carries-user-data.ts";
import { operation } from "./operation.ts";
import { redact } from "./redact.ts";
import { wordOf } from "./word-of.ts";

/** An answer that is not a success, as an error: named by its status and `type` only, never by its prose. */
export function refusal(
  request: Request,
  answer: { status: number; headers: Headers; text: string },
  options: { secrets: readonly string[]; now: number },
): ScalewayCallError {
  const body = object(parse(answer.text));
  const word = (value: unknown) => wordOf(value, options.secrets);
  const type = word(body.type);
  const said = carriesUserData(request) ? "" : redact(explain(body), options.secrets);
  return new ScalewayCallError({
    kind: kindOf(answer.status, type),
    operation: operation(request),
    explanation: said || `refused with status ${answer.status}`,
    status: answer.status,
    type,
    resource: word(body.resource),
    requestId: word(answer.headers.get("x-request-id")),
    retryAfterMs: retryAfterMs(answer.headers, options.now),
  });
}

/** https://www.scaleway.com/en/developers/api/#status-codes, and the types that scaleway-sdk-go knows. */
function kindOf(status: number, type: string | undefined): CallErrorKind {
  if (status >= 500 || status < 400) return "unavailable";
  switch (type) {
    case "denied_authentication":
    case "permissions_denied":
      return "unauthorized";
    case "quotas_exceeded":
      return "quota_exceeded";
    case "out_of_stock":
      return "insufficient_capacity";
    case "not_found":
    case "unknown_resource":
      return "not_found";
    case "precondition_failed":
    case "resource_still_in_use":
    case "transient_state":
    case "already_exists":
    case "locked":
      return "conflict";
    case "too_many_requests":
      return "rate_limited";
    case "invalid_arguments":
    // The legacy form of many refusals; only its prose would tell a quota from an argument.
    case "invalid_request_error":
      return "invalid_input";
  }
  switch (status) {
    case 401:
    case 403:
      return "unauthorized";
    case 404:
    case 410:
      return "not_found";
    case 409:
    case 412:
    case 423:
      return "conflict";
    case 429:
      return "rate_limited";
    case 408:
    case 425:
      return "unavailable";
    default:
      return "invalid_input";
  }
}

function explain(body: Record<string, unknown>): string {
  const details = Array.isArray(body.details) ? body.details.slice(0, MOST_DETAILS) : [];
  const fields = Object.entries(object(body.fields)).slice(0, MOST_DETAILS);
  const parts = [
    text(body.help_message) ?? text(body.message),
    ...details.map((each) => explainDetail(object(each))),
    ...fields.map(([name, what]) => `${name}: ${[what].flat().filter(isPlain).join()}`),
  ];
  return parts.filter((part) => part !== undefined && part !== "").join("; ");
}

/** More of them would not be read by anybody. */
const MOST_DETAILS = 20;

function explainDetail(detail: Record<string, unknown>): string {
  const { resource, current, quota } = detail;
  if (isPlain(quota))
    return `${[resource].filter(isPlain).join()}: ${[current].filter(isPlain).join()} of ${quota}`;
  return [detail.argument_name, detail.reason, detail.help_message, detail.action, resource]
    .filter((part) => typeof part === "string" && part !== "")
    .join(": ");
}

/** Whatever else an answer holds in such a place has no words for people, and may throw when it is asked for some. */
const isPlain = (value: unknown): value is string | number =>
  typeof value === "string" || typeof value === "number";

/** Seconds or an HTTP date: https://www.rfc-editor.org/rfc/rfc9110#field.retry-after */
function retryAfterMs(headers: Headers, now: number): number | undefined {
  const value = headers.get("retry-after");
  if (value === null) return undefined;
  const ms = /^\d+(\.\d+)?$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

function parse(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    return undefined;
  }
}

function object(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
