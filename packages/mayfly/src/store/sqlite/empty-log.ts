import type { DatabaseSync } from "node:sqlite";

/**
 * Moves the log into the file, over what was erased there, and cuts it to nothing. While another process is at the file
 * that is left to a later one: SQLite would have both wait for each other until one's time is up.
 */
export function createEmptyLog(database: DatabaseSync, busyTimeoutMs: number): () => void {
  const checkpoint = database.prepare("PRAGMA wal_checkpoint(TRUNCATE)");
  return () => {
    database.exec("PRAGMA busy_timeout = 0");
    try {
      checkpoint.get();
    } finally {
      database.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}`);
    }
  };
}
