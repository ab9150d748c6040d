import { closeSync, existsSync, fsyncSync, linkSync, mkdirSync, openSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import type { DatabaseSync } from "node:sqlite";

const copyOf = (path: string) => `${path}-copy`;

/** Removes what a process left that was killed while it wrote a copy: there may be secrets in it. */
export const removeCopy = (path: string): void => rmSync(copyOf(path), { force: true });

/** Writes what this connection sees into a new file at `path`: whole, or not at all. Throws when there is one already. */
export function putCopy(database: DatabaseSync, path: string): void {
  if (existsSync(path)) throw new Error(`there is another ${path} already`);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const copy = copyOf(path);
  removeCopy(path);
  // SQLite would make it for others to read.
  const descriptor = openSync(copy, "wx", 0o600);
  try {
    database.prepare("VACUUM INTO ?").run(copy);
    fsyncSync(descriptor);
    // A log that is left of the file that was here would be read as the new one's.
    for (const suffix of ["-wal", "-shm"]) rmSync(path + suffix, { force: true });
    linkSync(copy, path);
  } finally {
    closeSync(descriptor);
    removeCopy(path);
  }
}
