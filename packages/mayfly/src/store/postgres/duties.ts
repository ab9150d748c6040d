import { DUTIES_KEPT_MS } from "../duties-kept-ms.ts";
import { sightingCodec } from "../sighting-codec.ts";
import { sql } from "../sql.ts";
import type { Store } from "../store.ts";
import type { News } from "./news.ts";
import type { Session } from "./session.ts";

type Duties = "takeDuty" | "leaveDuty" | "duties" | "observe" | "observed" | "watchedChanged" | "now";

/** What one process does for all of them. Who takes a duty and who writes by it do so one after the other. */
export function duties({ read, write }: Session, news: News): Pick<Store, Duties> {
  return {
    takeDuty: (name, { token, now, until }) =>
      write(`take the duty ${name}`, async ({ run, execute, lock }) => {
        await lock(`duty ${name}`);
        await run("dropDuties", { before: now - DUTIES_KEPT_MS });
        return (await execute(`${sql.takeDuty} RETURNING 1`, { name, token, now, until })).length > 0;
      }),

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
      write(`keep what ${duty.name} saw`, async ({ run, execute, lock }) => {
        await lock(`duty ${duty.name}`);
        if ((await run("dutyOfAnother", { ...duty })).length > 0) return false;
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

// All in one statement. The lock has a row that is being deleted wait, or be seen as deleted.
const ADD_SIGHTINGS = `WITH live AS (
    SELECT id FROM instances WHERE id = ANY (:ids::text[]) AND phase <> 'deleted' ORDER BY id FOR SHARE
  )
  INSERT INTO sightings (instance_id, seen)
    SELECT id, seen FROM live JOIN unnest(:ids::text[], :seen::text[]) AS new (instance_id, seen) ON instance_id = id
  ON CONFLICT (instance_id) DO UPDATE SET seen = excluded.seen`;
