import { DUTIES_KEPT_MS } from "../duties-kept-ms.ts";
import { sightingCodec } from "../sighting-codec.ts";
import { sql } from "../sql.ts";
import type { Store } from "../store.ts";
import { isAnothers } from "./is-anothers.ts";
import type { News } from "./news.ts";
import type { Session } from "./session.ts";

type Duties = "takeDuty" | "leaveDuty" | "duties" | "observe" | "observed" | "watchedChanged" | "now";

/** What one process does for all of them. Who takes a duty waits for who writes by it. */
export function duties({ read, ask, write }: Session, news: News): Pick<Store, Duties> {
  return {
    // Each statement is a transaction: a process that stands still in between holds up nobody.
    async takeDuty(name, { token, now, until }) {
      const attempted = `take the duty ${name}`;
      await ask(attempted, sql.dropDuties, { before: now - DUTIES_KEPT_MS });
      return (await ask(attempted, `${sql.takeDuty} RETURNING 1`, { name, token, now, until })).length > 0;
    },

    async leaveDuty(name, token) {
      await write(`leave the duty ${name}`, ({ run }) => run("leaveDuty", { name, token }));
    },

    duties: (now) =>
      read("list the duties", async (run) =>
        (await run("duties", { now })).map((row) => ({
          name: String(row["name"]),
          token: String(row["token"]),
          until: Number(row["held_until"]),
        })),
      ),

    observe: (duty, sightings) =>
      write(`keep what ${duty.name} saw`, async ({ execute }) => {
        if (await isAnothers({ execute }, duty)) return false;
        const seen = new Map(sightings.map((one) => [one.instanceId, sightingCodec.encode(one)]));
        await execute(ADD_SIGHTINGS, { ids: [...seen.keys()], seen: [...seen.values()] });
        return true;
      }),

    observed: (id) =>
      read(`read what was seen of ${id}`, async (run) => {
        const [row] = await run("sighting", { id });
        return row && sightingCodec.decode(String(row["seen"]));
      }),

    watchedChanged: (account, signal) => news.watchers(account).wait(signal),
    now: () => read("read the clock", async (run) => Number((await run("now"))[0]?.["now"])),
  };
}

// All in one statement. What was seen of a row that is being deleted must not outlast it. A row that somebody is writing at
// this moment is passed over: whoever waits for what is seen of it begins to wait after that.
const ADD_SIGHTINGS = `WITH live AS (
    SELECT id FROM instances WHERE id = ANY (:ids::text[]) AND phase <> 'deleted' ORDER BY id FOR SHARE SKIP LOCKED
  )
  INSERT INTO sightings (instance_id, seen)
    SELECT id, seen FROM live JOIN unnest(:ids::text[], :seen::text[]) AS new (instance_id, seen) ON instance_id = id
  ON CONFLICT (instance_id) DO UPDATE SET seen = excluded.seen`;
