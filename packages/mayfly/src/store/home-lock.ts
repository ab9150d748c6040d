import { DatabaseSync } from "node:sqlite";
import { chmodSync } from "node:fs";

/**
 * One service per home: a file held in an exclusive transaction, which the kernel gives back when its process dies,
 * however it dies. Undefined when another process holds it.
 */
export function lockHome(path: string): (() => void) | undefined {
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    chmodSync(path, 0o600);
    database.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
  } catch (error) {
    database.close();
    if (error instanceof Error && "errcode" in error && (error.errcode === 5 || error.errcode === 6))
      return undefined;
    throw error;
  }
  return () => database.close();
}
