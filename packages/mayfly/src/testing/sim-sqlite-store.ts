import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqliteStore } from "../store/sqlite.ts";
import { openingStore } from "./opening-store.ts";
import { seededRandom } from "./seeded-random.ts";
import type { OpenSimStore, SimStore, SimStoreOptions } from "./sim-store.ts";

/** Power is not cut in these worlds: where memory can stand in for a disk nobody waits for one. */
const FOLDER = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

/** A file of its own, which each process opens and each that dies leaves as it is. Its calls work at once. */
export async function simSqliteStore({ seed, wall }: SimStoreOptions): Promise<SimStore> {
  const folder = mkdtempSync(join(FOLDER, "mayfly-world-"));
  const random = seededRandom(seed);
  const openFile = () => openSqliteStore({ path: join(folder, "mayfly.db"), random });
  const truth = await openFile();
  const all = new Set<OpenSimStore>();
  return {
    truth,
    takesTime: false,
    open() {
      const opening = openFile();
      const one = openingStore(opening, { now: async () => wall.now() });
      const opened: OpenSimStore = {
        store: one.store,
        die() {
          if (!all.delete(opened)) return;
          one.refuse();
          void opening.then((store) => store.close());
        },
      };
      all.add(opened);
      return opened;
    },
    settled: async () => false,
    async close() {
      for (const opened of all) opened.die();
      await truth.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
