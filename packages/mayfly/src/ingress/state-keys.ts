import type { Instance } from "../lifecycle/instance.ts";
import type { RedisBatch } from "../redis/redis.ts";
import type { Store } from "../store/store.ts";
import { endOf } from "./end-of.ts";
import { createNamesakes } from "./namesakes.ts";
import type { SwimKeys } from "./swim-keys.ts";
import { swimState } from "./swim-state.ts";

const DAY_MS = 86_400_000;

export interface StateKeys {
  /** What the keys of an instance hold: that of its server, once there is one, and that of its name. */
  setsOf(row: Instance): Promise<RedisBatch["set"][number][]>;
}

type Rows = Pick<Store, "get" | "events">;

/** Knows the living instances that it was asked about, by their names. */
export function createStateKeys(store: Rows, keys: SwimKeys): StateKeys {
  const namesakes = createNamesakes();
  return {
    async setsOf(row) {
      const value = await stateText(store, row);
      const shown = namesakes.shown(row);
      const namesake = shown === row.id ? row : await store.get(shown);
      const key = keys.name(row.spec.machineName ?? row.name);
      const sets = [];
      if (namesake !== undefined)
        sets.push({ key, value: namesake === row ? value : await stateText(store, namesake), ttlMs: DAY_MS });
      if (row.footprint.machine !== undefined)
        sets.push({ key: keys.server(row.footprint.machine), value, ttlMs: DAY_MS });
      return sets;
    },
  };
}

export async function stateText(store: Rows, row: Instance): Promise<string> {
  const end = row.desired === "gone" ? await endOf(store, row.id) : undefined;
  return JSON.stringify(swimState(row, end));
}
