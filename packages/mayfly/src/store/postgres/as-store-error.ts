import { StoreError } from "../error.ts";

// https://www.postgresql.org/docs/current/errcodes-appendix.html: no such table, column, schema or database.
const SCHEMA = new Set(["42P01", "42703", "3F000", "3D000"]);

/** Whatever a connection or the server refused. Addresses and passwords are in no message of theirs. */
export function asStoreError(attempted: string, error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  return new StoreError(
    SCHEMA.has(codeOf(error) ?? "") ? "schema" : "unavailable",
    `${attempted}: ${why(error)}`,
    {
      cause: error,
    },
  );
}

/** PostgreSQL's five characters, or the operating system's word. */
export function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : undefined;
}

/** Of several addresses that do not answer Node says nothing in the message. */
function why(error: unknown): string {
  if (error instanceof AggregateError && error.message === "") return error.errors.map(why).join(", ");
  return error instanceof Error ? error.message : String(error);
}
