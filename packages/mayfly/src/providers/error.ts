/**
 * Named by what the caller does next.
 *
 * - `insufficient_capacity`: try another zone, type or cloud, or later
 * - `quota_exceeded`: stop launching on this account, tell the operator
 * - `rate_limited`: nothing happened; wait `retryAfterMs`
 * - `unavailable`: it may have happened: observe, then again
 * - `conflict`: busy, or not in a state that allows it: look again
 * - `unauthorized`: stop using the account until its credentials are mended
 * - `invalid_input`: never repeat
 */
export type ProviderErrorCode =
  | "insufficient_capacity"
  | "quota_exceeded"
  | "rate_limited"
  | "unavailable"
  | "conflict"
  | "unauthorized"
  | "invalid_input";

export class ProviderError extends Error {
  override readonly name = "ProviderError";
  readonly code: ProviderErrorCode;
  readonly retryAfterMs: number | undefined;

  /** @param message what was attempted, the value, the cause; never a secret, never user data. */
  constructor(
    code: ProviderErrorCode,
    message: string,
    options: { retryAfterMs?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.retryAfterMs = options.retryAfterMs;
  }
}
