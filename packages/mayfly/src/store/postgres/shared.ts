import type { SharedThing } from "../../lifecycle/instance.ts";
import { sql } from "../sql.ts";
import type { Store } from "../store.ts";
import type { Session } from "./session.ts";

type Shared = "shared" | "takeShared" | "sharedIsTaken" | "dropShared";

/** Who comes to want a thing, takes or drops it does so one after the other: each decision counts what others have written. */
export function shared({ read, write }: Session): Pick<Store, Shared> {
  return {
    shared: (account) =>
      read(`list what is shared on ${account}`, async (run) =>
        (await run("shared", { account })).map((row) => ({
          kind: String(row["kind"]) as SharedThing["kind"],
          place: String(row["place"]),
          name: String(row["name"]),
          uses: Number(row["uses"]),
        })),
      ),

    takeShared: (account, thing, { token, now, until }) =>
      write(`take ${thing.kind} ${thing.name}`, async ({ execute, lock }) => {
        await lock(`shared ${account}`);
        const taken = await execute(`${sql.takeShared} RETURNING 1`, {
          account,
          ...thing,
          token,
          now,
          until,
        });
        return taken.length > 0;
      }),

    sharedIsTaken: (account, thing, now) =>
      read(
        `look at ${thing.kind} ${thing.name}`,
        async (run) => (await run("sharedTaken", { account, ...thing, now })).length > 0,
      ),

    dropShared: (account, thing, { token, removed }) =>
      write(`drop ${thing.kind} ${thing.name}`, async ({ run, lock }) => {
        await lock(`shared ${account}`);
        if (removed) await run("dropShared", { account, ...thing, token });
        await run("giveSharedBack", { account, ...thing, token });
      }),
  };
}
