import type { DatabaseSync } from "node:sqlite";

export type Transaction = <T>(work: () => T) => T;

// https://www.sqlite.org/rescode.html#busy; the bytes above the lowest say why.
const SQLITE_BUSY = 5;

/**
 * Runs `work` with the database's one write lock held: all of it is committed, or nothing. Waiting for another process's
 * lock holds up this whole process: after it was waited for in vain the lock is only tried, until it was had again.
 */
export function createTransaction(database: DatabaseSync, busyTimeoutMs: number): Transaction {
  const begin = database.prepare("BEGIN IMMEDIATE");
  const commit = database.prepare("COMMIT");
  const rollback = database.prepare("ROLLBACK");
  let waits = true;

  const setWaits = (wanted: boolean) => {
    if (wanted === waits) return;
    database.exec(`PRAGMA busy_timeout = ${wanted ? busyTimeoutMs : 0}`);
    waits = wanted;
  };

  const takeLock = () => {
    try {
      begin.run();
    } catch (error) {
      if (isBusy(error)) setWaits(false);
      throw error;
    }
    setWaits(true);
  };

  return (work) => {
    takeLock();
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

const isBusy = (error: unknown): boolean =>
  error instanceof Error && "errcode" in error && (Number(error.errcode) & 0xff) === SQLITE_BUSY;
