import type { Random } from "../random.ts";
import { systemClock } from "../clock.ts";
import type { Clock } from "../clock.ts";
import { buckets } from "./memory/buckets.ts";
import { dueRows } from "./memory/due-rows.ts";
import { duties } from "./memory/duties.ts";
import { events } from "./memory/events.ts";
import { reading } from "./memory/reading.ts";
import { shared } from "./memory/shared.ts";
import { createTables } from "./memory/tables.ts";
import { writing } from "./memory/writing.ts";
import { ownerId } from "./owner-id.ts";
import type { Store } from "./store.ts";

export interface MemoryStoreOptions {
  random: Random;
  /** @default made of `random` */
  owner?: string;
  /** What the machine of the store takes for the time. @default this machine's */
  clock?: Pick<Clock, "now">;
}

/** The rows in memory: the disk of a simulated world. It outlives the processes in it: `close` loses nothing, and it can still be used. */
export function createMemoryStore({
  random,
  owner = ownerId(random),
  clock = systemClock,
}: MemoryStoreOptions): Store {
  const tables = createTables();
  return {
    owner: async () => owner,
    ...reading(tables),
    ...writing(tables),
    ...dueRows(tables),
    ...events(tables),
    ...shared(tables),
    ...duties(tables, clock),
    ...buckets(tables),
    async setSuspects(account, suspects) {
      tables.suspects.set(account, structuredClone(suspects));
    },
    suspects: async (account) => structuredClone(tables.suspects.get(account) ?? []),
    async close() {
      tables.waiters.wake();
    },
  };
}
