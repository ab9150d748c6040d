export type StoreErrorCode =
  | "lease_lost"
  | "version_moved"
  | "no_such_instance"
  | "name_taken"
  | "unavailable"
  | "schema";

/** A write that was refused, or storage that cannot be used now. Nothing was written. */
export class StoreError extends Error {
  override readonly name = "StoreError";
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.code = code;
  }
}
