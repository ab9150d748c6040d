import type { Clock } from "../../clock.ts";
import { DUTIES_KEPT_MS } from "../duties-kept-ms.ts";
import { isHeld } from "../is-held.ts";
import { sightingCodec } from "../sighting-codec.ts";
import type { Store } from "../store.ts";
import type { Tables } from "./tables.ts";

type Duties = "takeDuty" | "leaveDuty" | "duties" | "observe" | "observed" | "watchedChanged" | "now";

export function duties(tables: Tables, clock: Pick<Clock, "now">): Pick<Store, Duties> {
  const { duties, sightings, watchers, isAnothers, read } = tables;
  return {
    async takeDuty(name, { token, now, until }) {
      for (const old of duties.values()) if (old.until < now - DUTIES_KEPT_MS) duties.delete(old.name);
      const holder = duties.get(name);
      if (holder && holder.token !== token && isHeld(holder.until, now)) return false;
      duties.set(name, { name, token, until });
      return true;
    },

    async leaveDuty(name, token) {
      if (duties.get(name)?.token === token) duties.delete(name);
    },

    duties: async (now) =>
      [...duties.values()]
        .filter(({ until }) => isHeld(until, now))
        .sort((a, b) => (a.name < b.name ? -1 : 1))
        .map((duty) => ({ ...duty })),

    async observe(duty, seen) {
      if (isAnothers(duty)) return false;
      for (const sighting of seen) {
        const row = read(sighting.instanceId);
        if (row && row.phase !== "deleted") sightings.set(row.id, sightingCodec.encode(sighting));
      }
      return true;
    },

    async observed(id) {
      const text = sightings.get(id);
      return text === undefined ? undefined : sightingCodec.decode(text);
    },

    watchedChanged: (account, signal) => watchers(account).wait(signal),
    now: async () => clock.now(),
  };
}
