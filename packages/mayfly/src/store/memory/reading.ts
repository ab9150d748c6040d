import type { RowColumns } from "../row-codec.ts";
import type { Store } from "../store.ts";
import type { Tables } from "./tables.ts";

type Reading = "inserted" | "get" | "find" | "list" | "watched" | "provisioning" | "zonesUsed";

/** The questions about instances. */
export function reading(tables: Tables): Pick<Store, Reading> {
  const { rows, names, read } = tables;

  const decoded = ({ id }: RowColumns) => tables.instances.get(id)!;
  const best = (matches: (row: RowColumns) => boolean) =>
    [...rows.values()].filter(matches).sort(liveThenYoungest)[0]?.id;

  return {
    inserted: async (key) => read(tables.idempotencyKeys.get(key)?.id),
    get: async (id) => read(id),

    find: async (reference) =>
      read(reference) ??
      read(best((row) => row.machine_id === reference)) ??
      read(names.get(reference)) ??
      read(best((row) => row.name === reference)),

    async list({ limit, cursor, all }) {
      const start = cursor === undefined ? undefined : rows.get(cursor);
      if (cursor !== undefined && !start) return { instances: [] };
      const found = [...rows.values()]
        .filter((row) => all || row.phase !== "deleted")
        .filter((row) => !start || byYouth(start, row) < 0)
        .sort(byYouth);
      const instances = found.slice(0, limit).map(decoded);
      return found.length > limit ? { instances, cursor: instances.at(-1)?.id } : { instances };
    },

    watched: async (account) =>
      [...tables.watched.values()].filter((row) => row.account === account).map(decoded),

    provisioning: async (account) =>
      [...tables.provisioning.values()].filter((row) => row.account === account).length,

    zonesUsed: async (account) => [...(tables.zones.get(account) ?? [])],
  };
}

const byYouth = (a: RowColumns, b: RowColumns) => b.created_at - a.created_at || compare(b.id, a.id);

const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b));

const liveThenYoungest = (a: RowColumns, b: RowColumns) =>
  Number(a.phase === "deleted") - Number(b.phase === "deleted") || byYouth(a, b);
