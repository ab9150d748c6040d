import { DatabaseSync } from "node:sqlite";
import { chmodSync, statSync } from "node:fs";

export interface HomeLock {
  /** Whether the locked file is still the one in its place: else it keeps nobody out. */
  holds(): boolean;
  release(): void;
}

/**
 * One service per home: a file held in an exclusive transaction, which the kernel gives back when its process dies,
 * however it dies. Undefined when another process holds it.
 */
export function lockHome(path: string): HomeLock | undefined {
  const database = new DatabaseSync(path, { timeout: 0 });
  const inode = () => statSync(path, { throwIfNoEntry: false })?.ino;
  try {
    chmodSync(path, 0o600);
    database.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
    const locked = inode();
    return { holds: () => inode() === locked, release: () => database.close() };
  } catch (error) {
    database.close();
    if (error instanceof Error && "errcode" in error && (error.errcode === 5 || error.errcode === 6))
      return undefined;
    throw error;
  }
}
