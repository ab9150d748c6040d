import { threadId } from "node:worker_threads";
import type { MakeSimStore } from "./sim-store.ts";
import { simMemoryStore } from "./sim-memory-store.ts";
import { simPostgresStores } from "./sim-postgres-stores.ts";
import { simSqliteStore } from "./sim-sqlite-store.ts";

/** Where simulated worlds have their rows; one thread can tell it to another. */
export type SimStorePlace = { kind: "memory" } | { kind: "sqlite" } | { kind: "postgres"; url: string };

/** For all worlds of this thread, one after the other. */
export function storesAt(place: SimStorePlace): MakeSimStore {
  switch (place.kind) {
    case "memory":
      return simMemoryStore;
    case "sqlite":
      return simSqliteStore;
    case "postgres":
      return simPostgresStores(place.url, `t${threadId}`);
    default:
      return place satisfies never;
  }
}
