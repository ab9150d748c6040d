import { StoreError } from "../error.ts";

const FROM_STORAGE = /^(ERR_SQLITE_ERROR|ERR_INVALID_STATE|E[A-Z]+)$/;

/** A failure of SQLite or of the file becomes `unavailable`; anything else passes as it is. */
export function asStoreError(attempted: string, error: unknown): unknown {
  if (!(error instanceof Error) || !("code" in error)) return error;
  if (error instanceof StoreError || !FROM_STORAGE.test(String(error.code))) return error;
  return new StoreError("unavailable", `${attempted}: ${error.message}`, { cause: error });
}
