import type { Instance } from "../lifecycle/instance.ts";
import type { Store } from "./store.ts";

/** A test with a store of its own, open and empty. */
export type StoreTest = (sentence: string, body: (store: Store) => Promise<void>) => void;

/** A change that sets some fields. */
export const set = (fields: Partial<Instance>) => (row: Instance) => ({ row: { ...row, ...fields } });

/** What a row becomes when its instance is gone. */
export const deleted = set({ phase: "deleted", desired: "gone", nextActionAt: undefined, watched: false });

/** How many events there are, of all instances. */
export const eventCount = async (store: Store) => (await store.events({ after: 0, limit: 100 })).length;
