import type { Instance } from "../lifecycle/instance.ts";

/** Of several instances whose machines have one name, which one its key in Redis tells of. */
export interface Namesakes {
  /** The id of the youngest that lives; of those that ended the one that was seen last. */
  shown(row: Instance): string;
}

export function createNamesakes(): Namesakes {
  const living = new Map<string, Map<string, number>>();
  return {
    shown(row) {
      const name = row.spec.machineName ?? row.name;
      const of = living.get(name) ?? new Map<string, number>();
      if (row.phase === "deleted") of.delete(row.id);
      else of.set(row.id, row.createdAt);
      if (of.size === 0) {
        living.delete(name);
        return row.id;
      }
      living.set(name, of);
      return [...of].reduce((young, each) => (each[1] > young[1] ? each : young))[0];
    },
  };
}
