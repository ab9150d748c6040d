import { decode } from "../decode.ts";
import type { Store } from "../store.ts";
import type { Session } from "./session.ts";

type Reading = "inserted" | "get" | "find" | "list" | "watched" | "provisioning" | "zonesUsed";

/** The questions about instances. */
export function reading({ read }: Session): Pick<Store, Reading> {
  return {
    inserted: (key) =>
      read("look up an idempotency key", async (run) =>
        decode.one((await run("byIdempotencyKey", { key }))[0]),
      ),

    get: (id) => read(`get ${id}`, async (run) => decode.one((await run("byId", { id }))[0])),

    find: (reference) =>
      read(`find ${reference}`, async (run) =>
        decode.one(
          (await run("byId", { id: reference }))[0] ??
            (await run("byMachine", { machine: reference }))[0] ??
            (await run("byLiveName", { name: reference }))[0] ??
            (await run("byDeletedName", { name: reference }))[0],
        ),
      ),

    list: ({ limit, cursor, all }) =>
      read("list instances", async (run) => {
        const start = cursor === undefined ? beforeAll : (await run("position", { id: cursor }))[0];
        if (!start) return { instances: [] };
        // One more than asked for tells whether there is another page.
        const found = await run(all ? "listAll" : "list", { ...start, limit: limit + 1 });
        const instances = decode.many(found.slice(0, limit));
        return found.length > limit ? { instances, cursor: instances.at(-1)?.id } : { instances };
      }),

    watched: (account) =>
      read(`list the watched of ${account}`, async (run) => decode.many(await run("watched", { account }))),

    provisioning: (account) =>
      read(`count what is being made of ${account}`, async (run) =>
        Number((await run("provisioning", { account }))[0]?.["count"]),
      ),

    zonesUsed: (account) =>
      read(`list the zones of ${account}`, async (run) =>
        (await run("zonesUsed", { account })).map((row) => String(row["zone"])),
      ),
  };
}

const beforeAll = { createdAt: Number.MAX_SAFE_INTEGER, id: "" };
