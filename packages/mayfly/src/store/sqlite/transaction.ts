import type { DatabaseSync } from "node:sqlite";

export type Transaction = <T>(work: () => T) => T;

/** Runs `work` with the database's one write lock held: all of it is committed, or nothing. */
export function createTransaction(database: DatabaseSync): Transaction {
  const begin = database.prepare("BEGIN IMMEDIATE");
  const commit = database.prepare("COMMIT");
  const rollback = database.prepare("ROLLBACK");
  return (work) => {
    begin.run();
    try {
      const result = work();
      commit.run();
      return result;
    } catch (error) {
      // A full disk has SQLite roll back by itself.
      if (database.isTransaction) rollback.run();
      throw error;
    }
  };
}
