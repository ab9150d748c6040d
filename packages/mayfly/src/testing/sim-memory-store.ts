import { createMemoryStore } from "../store/memory.ts";
import { seededRandom } from "./seeded-random.ts";
import type { SimStore, SimStoreOptions } from "./sim-store.ts";

/** Its calls work at once, and all processes have the same. */
export async function simMemoryStore({ seed, wall }: SimStoreOptions): Promise<SimStore> {
  const truth = createMemoryStore({ random: seededRandom(seed), clock: wall });
  return {
    truth,
    takesTime: false,
    open: () => ({ store: truth, die: () => undefined }),
    settled: async () => false,
    close: truth.close,
  };
}
