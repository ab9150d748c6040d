import type { DatabaseSync } from "node:sqlite";
import { StoreError } from "../error.ts";
import type { Migration } from "../migrations/migration.ts";
import type { Transaction } from "./transaction.ts";

/**
 * Brings the schema up to the newest that this program knows, each step in one transaction. Of two processes one applies
 * a step, the other finds it done. `owner` is called by the first step only.
 */
export function migrate(
  database: DatabaseSync,
  transaction: Transaction,
  migrations: readonly Migration[],
  owner: () => string,
): void {
  const known = migrations.length;
  const read = database.prepare("PRAGMA user_version");
  const version = () => Number(read.get()?.["user_version"]);
  if (version() > known)
    throw new StoreError(
      "schema",
      `open the store: its schema is version ${version()}, this mayfly knows versions up to ${known}: ` +
        "install the newer mayfly that wrote it, or set MAYFLY_HOME to another folder",
    );
  for (const step of migrations) {
    if (version() >= step.version) continue;
    transaction(() => {
      if (version() >= step.version) return;
      database.exec(step.sql);
      database.exec(`PRAGMA user_version = ${step.version}`);
      if (step.version === 1)
        database.prepare("INSERT INTO meta (key, value) VALUES ('owner', ?)").run(owner());
    });
  }
}
