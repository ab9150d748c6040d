import type { Store } from "../store.ts";
import type { Tables } from "./tables.ts";

/** An event's `seq` is its place in the list, counted from 1. */
export function events({ events, waiters }: Tables): Pick<Store, "events" | "lastEvent" | "eventCommitted"> {
  return {
    async events({ after, instanceId, limit }) {
      const found = [];
      for (let seq = after + 1; seq <= events.length && found.length < limit; seq++) {
        const event = events[seq - 1]!;
        if (instanceId === undefined || event.instanceId === instanceId) found.push({ seq, ...event });
      }
      return found;
    },

    lastEvent: async () => events.length,
    eventCommitted: (signal) => waiters.wait(signal),
  };
}
