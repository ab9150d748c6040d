import type { Instance } from "../lifecycle/instance.ts";
import type { Observed } from "../lifecycle/observed.ts";
import { circumstances } from "./circumstances.ts";
import type { Observer } from "./observe.ts";
import type { Account, Ports } from "./ports.ts";
import { readSighting } from "./read-sighting.ts";

/** What those who work on instances see of an account's cloud, whoever looked. */
export interface Eyes {
  /**
   * What there is to be seen of an instance, for as long as somebody works on it: what is seen later wakes it again. Of that
   * only what was seen after the row's last action counts.
   */
  see(instanceId: string): Promise<(row: Instance) => Observed>;
  /** Somebody began to wait for something there. */
  poke(row: Instance): void;
}

/** In one process its own looks; where others share the store, what the one that looks wrote there for this instance. */
export function createEyes(ports: Ports, account: Account, observer: Observer): Eyes {
  if (!ports.together) return { see: async () => observer.of, poke: observer.poke };
  return {
    async see(id) {
      const sighting = await ports.store.observed(id);
      return (row) => readSighting(row, sighting, circumstances(ports, account));
    },
    // The store tells who looks: the row that waits is written already.
    poke: () => undefined,
  };
}
