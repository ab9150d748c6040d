/**
 * - `unavailable`: nobody there, no answer, or not now: it may have been done
 * - `refused`: Redis answered that it does not do this: credentials, permissions, an old version
 */
export type RedisErrorCode = "unavailable" | "refused";

export class RedisError extends Error {
  override readonly name = "RedisError";
  readonly code: RedisErrorCode;

  /** @param message what was attempted, where, the cause; never a password. */
  constructor(code: RedisErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
