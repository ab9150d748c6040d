import type { Instance } from "../lifecycle/instance.ts";

/**
 * Since when this process knows each row as it acted last. What begins after that began after the row's last action, and
 * no clock has to say so. Moments are counted, since two things may happen in one millisecond.
 */
export interface Acquaintance {
  /** Something begins now, and this is its number. */
  begins(): number;
  /** These rows were read and are here now. */
  met(rows: readonly Instance[]): void;
  /** Forgets all but these. */
  keepOnly(ids: ReadonlySet<string>): void;
  /** Whether what began with this number began when the row was known with its present last action. */
  knewBefore(row: Instance, number: number): boolean;
}

export function createAcquaintance(): Acquaintance {
  const known = new Map<string, { actedAt: number; since: number }>();
  let count = 0;
  return {
    begins: () => (count += 1),
    met(rows) {
      const since = (count += 1);
      for (const { id, actedAt } of rows)
        if (known.get(id)?.actedAt !== actedAt) known.set(id, { actedAt, since });
    },
    keepOnly(ids) {
      for (const id of known.keys()) if (!ids.has(id)) known.delete(id);
    },
    knewBefore(row, number) {
      const one = known.get(row.id);
      return one !== undefined && one.actedAt === row.actedAt && one.since < number;
    },
  };
}
