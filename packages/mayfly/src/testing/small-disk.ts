import { execFileSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A disk of its own, in memory. */
export interface SmallDisk {
  path: string;
  /** To the last byte. */
  fill(): void;
  empty(): void;
  remove(): void;
}

/** Why there is none, where this process may not mount. */
export function mountSmallDisk(kib: number): SmallDisk | string {
  const path = mkdtempSync(join(tmpdir(), "mayfly-disk-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${kib}k,mode=0700`, "mayfly-test", path], {
      stdio: ["ignore", "pipe", "pipe"],
    });
  } catch (error) {
    rmSync(path, { recursive: true });
    return error instanceof Error ? error.message : String(error);
  }
  const filler = join(path, "filler");
  return {
    path,
    fill() {
      const file = openSync(filler, "a");
      // What is asked for last fits the least.
      for (const bytes of [65_536, 4_096, 1]) writeUntilFull(file, Buffer.alloc(bytes));
      closeSync(file);
    },
    empty: () => rmSync(filler),
    remove() {
      // Also while somebody is still in it.
      execFileSync("umount", ["--lazy", path]);
      rmSync(path, { recursive: true });
    },
  };
}

function writeUntilFull(file: number, block: Buffer): void {
  try {
    for (;;) writeSync(file, block);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
  }
}
