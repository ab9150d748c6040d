import type { Instance } from "../lifecycle/instance.ts";
import type { Observed } from "../lifecycle/observed.ts";
import { circumstances } from "./circumstances.ts";
import type { Observer } from "./observe.ts";
import type { Account, Ports } from "./ports.ts";
import { readSighting } from "./read-sighting.ts";

/** What those who work on instances see of an account's cloud, whoever looked. */
export interface Eyes {
  /** Only what was seen after the row's last action counts. */
  of(row: Instance): Promise<Observed>;
  /** Somebody began to wait for something there. */
  poke(row: Instance): void;
}

/** In one process its own looks; where others share the store, what the one that looks wrote there for this instance. */
export function createEyes(ports: Ports, account: Account, observer: Observer): Eyes {
  if (!ports.together) return { of: async (row) => observer.of(row), poke: observer.poke };
  return {
    of: async (row) => readSighting(row, await ports.store.observed(row.id), circumstances(ports, account)),
    // The store tells who looks: the row that waits is written already.
    poke: () => undefined,
  };
}
