/** A step of the schema, which is written for SQLite, in PostgreSQL's words: its numbers are 64 bits wide everywhere. */
export const stepForPostgres = (sql: string): string =>
  sql
    .replaceAll("INTEGER PRIMARY KEY AUTOINCREMENT", "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY")
    .replaceAll(/\bINTEGER\b/g, "BIGINT")
    .replaceAll(/\)\s*WITHOUT ROWID/g, ")");
