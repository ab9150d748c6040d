import type { CallErrorKind } from "./call-error.ts";
import { ScalewayCallError } from "./call-error.ts";
import { carriesUserData } from "./carries-user-data.ts";
import { operation } from "./operation.ts";
import { redact } from "./redact.ts";

/** An answer that is not a success, as an error: named by its status and `type` only, never by its prose. */
export function refusal(
  request: Request,
  answer: { status: number; headers: Headers; text: string },
  options: { secrets: readonly string[]; now: number },
): ScalewayCallError {
  const body = object(parse(answer.text));
  const type = text(body.type);
  const said = carriesUserData(request) ? "" : redact(explain(body), options.secrets);
  return new ScalewayCallError({
    kind: kindOf(answer.status, type),
    operation: operation(request),
    explanation: said || `refused with status ${answer.status}`,
    status: answer.status,
    type,
    resource: text(body.resource),
    requestId: answer.headers.get("x-request-id") ?? undefined,
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
  const details = Array.isArray(body.details) ? body.details.map((each) => explainDetail(object(each))) : [];
  const fields = Object.entries(object(body.fields)).map(([name, what]) => `${name}: ${String(what)}`);
  const parts = [text(body.help_message) ?? text(body.message), ...details, ...fields];
  return parts.filter((part) => part !== undefined && part !== "").join("; ");
}

function explainDetail(detail: Record<string, unknown>): string {
  if (detail.quota !== undefined)
    return `${String(detail.resource)}: ${String(detail.current)} of ${String(detail.quota)}`;
  return [detail.argument_name, detail.reason, detail.help_message, detail.action, detail.resource]
    .filter((part) => typeof part === "string" && part !== "")
    .join(": ");
}

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
