import { chmodSync, closeSync, openSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { createEmptyLog } from "./empty-log.ts";

const ATTEMPTS = 20;
// After so many pages the log begins anew, over its old content, and is cut to that length: nothing erased outlives one round.
const LOG_PAGES = 1_000;
const LOG_BYTES = 32 + LOG_PAGES * (24 + 4_096);

/** Opens the file, made with mode 0600, set so that what is committed survives a power cut and what is erased is gone. */
export function openDatabase(path: string, busyTimeoutMs: number): DatabaseSync {
  // SQLite gives -wal and -shm the mode of the database.
  closeSync(openSync(path, "a", 0o600));
  chmodSync(path, 0o600);
  const database = new DatabaseSync(path, { timeout: busyTimeoutMs, enableForeignKeyConstraints: true });
  try {
    useWriteAheadLog(database);
    database.exec("PRAGMA synchronous = FULL; PRAGMA secure_delete = ON");
    // What a killed process erased may still stand in its log.
    createEmptyLog(database, busyTimeoutMs)();
    database.exec(`PRAGMA wal_autocheckpoint = ${LOG_PAGES}; PRAGMA journal_size_limit = ${LOG_BYTES}`);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Of two processes that turn a new file to WAL at once SQLite refuses one, without waiting: it waits here for the other's lock. */
function useWriteAheadLog(database: DatabaseSync): void {
  for (let attempt = 1; ; attempt++)
    try {
      database.exec("PRAGMA journal_mode = WAL");
      return;
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
      waitForLock(database);
    }
}

function waitForLock(database: DatabaseSync): void {
  database.exec("BEGIN IMMEDIATE");
  database.exec("ROLLBACK");
}
