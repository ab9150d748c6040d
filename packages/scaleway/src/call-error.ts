/**
 * Named by what the caller does next.
 *
 * - `insufficient_capacity`: out of stock
 * - `quota_exceeded`: the account's limit is reached
 * - `rate_limited`: nothing happened; wait `retryAfterMs`
 * - `unavailable`: no answer, or none that can be trusted: it may have happened
 * - `conflict`: busy, or in a state that doesn't allow it
 * - `unauthorized`: the credentials are wrong or may not do this
 * - `not_found`: there is no such thing
 * - `invalid_input`: never repeat
 */
export type CallErrorKind =
  | "insufficient_capacity"
  | "quota_exceeded"
  | "rate_limited"
  | "unavailable"
  | "conflict"
  | "unauthorized"
  | "not_found"
  | "invalid_input";

export interface CallErrorDetails {
  kind: CallErrorKind;
  /** Method and path: `POST /instance/v1/zones/fr-par-1/servers`. */
  operation: string;
  /** For people: what the cloud said, or what went wrong on the way. */
  explanation: string;
  /** Absent when there was no answer. */
  status?: number;
  /** The cloud's own word: `out_of_stock`. */
  type?: string;
  /** What it was about, in the cloud's words: `instance_image`. */
  resource?: string;
  /** For the cloud's support. */
  requestId?: string;
  retryAfterMs?: number;
}

/** A call that failed. It carries no secret, no user data and no cause: what it knows is in its fields. */
export class ScalewayCallError extends Error {
  override readonly name = "ScalewayCallError";
  readonly kind: CallErrorKind;
  readonly operation: string;
  readonly explanation: string;
  readonly status: number | undefined;
  readonly type: string | undefined;
  readonly resource: string | undefined;
  readonly requestId: string | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(details: CallErrorDetails) {
    const answer = [details.status, details.type].filter((part) => part !== undefined).join(" ");
    const request = details.requestId === undefined ? "" : ` (request ${details.requestId})`;
    super([details.operation, answer, details.explanation].filter(Boolean).join(": ") + request);
    this.kind = details.kind;
    this.operation = details.operation;
    this.explanation = details.explanation;
    this.status = details.status;
    this.type = details.type;
    this.resource = details.resource;
    this.requestId = details.requestId;
    this.retryAfterMs = details.retryAfterMs;
  }
}
