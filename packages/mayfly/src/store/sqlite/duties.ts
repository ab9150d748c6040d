import { DUTIES_KEPT_MS } from "../duties-kept-ms.ts";
import { sightingCodec } from "../sighting-codec.ts";
import type { Store } from "../store.ts";
import type { Session } from "./session.ts";

type Duties = "takeDuty" | "leaveDuty" | "duties" | "observe" | "observed" | "watchedChanged" | "now";

/** What one process does for all of them. */
export function duties({ statements, read, write, watchers }: Session): Pick<Store, Duties> {
  return {
    takeDuty: (name, { token, now, until }) =>
      write(`take the duty ${name}`, () => {
        statements.dropDuties.run({ before: now - DUTIES_KEPT_MS });
        return Number(statements.takeDuty.run({ name, token, now, until }).changes) > 0;
      }),

    async leaveDuty(name, token) {
      await write(`leave the duty ${name}`, () => statements.leaveDuty.run({ name, token }));
    },

    duties: (now) =>
      read("list the duties", () =>
        statements.duties.all({ now }).map((row) => ({
          name: String(row["name"]),
          token: String(row["token"]),
          until: Number(row["held_until"]),
        })),
      ),

    observe: (duty, sightings) =>
      write(`keep what ${duty.name} saw`, () => {
        if (statements.dutyOfAnother.get({ ...duty }) !== undefined) return false;
        for (const sighting of sightings)
          statements.addSighting.run({ id: sighting.instanceId, seen: sightingCodec.encode(sighting) });
        return true;
      }),

    observed: (id) =>
      read(`read what was seen of ${id}`, () => {
        const row = statements.sighting.get({ id });
        return row && sightingCodec.decode(String(row["seen"]));
      }),

    watchedChanged: (account, signal) => watchers(account).wait(signal),
    now: () => read("read the clock", () => Number(statements.now.get()?.["now"])),
  };
}
