import type { Store } from "../store.ts";
import { decode } from "../decode.ts";
import type { Session } from "./session.ts";

type Reading = "inserted" | "get" | "find" | "list" | "watched" | "provisioning" | "zonesUsed";

/** The questions about instances. */
export function reading({ statements, read }: Session): Pick<Store, Reading> {
  return {
    inserted: (key) =>
      read("look up an idempotency key", () => decode.one(statements.byIdempotencyKey.get({ key }))),

    get: (id) => read(`get ${id}`, () => decode.one(statements.byId.get({ id }))),

    find: (reference) =>
      read(`find ${reference}`, () =>
        decode.one(
          statements.byId.get({ id: reference }) ??
            statements.byMachine.get({ machine: reference }) ??
            statements.byLiveName.get({ name: reference }) ??
            statements.byDeletedName.get({ name: reference }),
        ),
      ),

    list: ({ limit, cursor, all }) =>
      read("list instances", () => {
        const start = cursor === undefined ? beforeAll : statements.position.get({ id: cursor });
        if (!start) return { instances: [] };
        const statement = all ? statements.listAll : statements.list;
        // One more than asked for tells whether there is another page.
        const found = statement.all({ ...start, limit: limit + 1 });
        const instances = decode.many(found.slice(0, limit));
        return found.length > limit ? { instances, cursor: instances.at(-1)?.id } : { instances };
      }),

    watched: (account) =>
      read(`list the watched of ${account}`, () => decode.many(statements.watched.all({ account }))),

    provisioning: (account) =>
      read(`count what is being made of ${account}`, () =>
        Number(statements.provisioning.get({ account })?.["count"]),
      ),

    zonesUsed: (account) =>
      read(`list the zones of ${account}`, () =>
        statements.zonesUsed.all({ account }).map((row) => String(row["zone"])),
      ),
  };
}

const beforeAll = { createdAt: Number.MAX_SAFE_INTEGER, id: "" };
