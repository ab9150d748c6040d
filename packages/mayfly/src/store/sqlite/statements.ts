import type { DatabaseSync, StatementSync } from "node:sqlite";
import { sql } from "../sql.ts";

export type Statements = Record<keyof typeof sql, StatementSync>;

/** Every statement, prepared once. */
export function prepareStatements(database: DatabaseSync): Statements {
  const prepared = Object.entries(sql).map(([name, text]) => [name, database.prepare(text)]);
  return Object.fromEntries(prepared) as Statements;
}
