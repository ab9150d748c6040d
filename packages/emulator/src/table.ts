/** What every stored object has; rows are immutable and replaced as a whole. */
export interface Row {
  readonly id: string;
  readonly name: string;
  readonly zone: string;
  readonly tags: readonly string[];
  readonly createdAt: number;
}

interface Gone<R extends Row> {
  row: R;
  deletedAt: number;
}

export interface Table<R extends Row> {
  get(id: string): R | undefined;
  /** Adds or replaces, as of `at`. */
  put(row: R, at: number): R;
  remove(id: string, at: number): void;
  /** Live rows, oldest first. */
  all(): R[];
  /** The rows as they were at that moment (up to ten minutes back). */
  asOf(at: number): R[];
  gone(): readonly Gone<R>[];
  save(): SavedTable;
  load(saved: SavedTable): void;
  clear(): void;
}

export interface SavedTable {
  rows: Row[];
  gone: Gone<Row>[];
}

interface Version<R> {
  at: number;
  row: R | undefined;
}

const KEPT_MS = 600_000;

export function createTable<R extends Row>(): Table<R> {
  const live = new Map<string, R>();
  const versions = new Map<string, Version<R>[]>();
  let gone: Gone<R>[] = [];

  function note(id: string, version: Version<R>): void {
    const past = versions.get(id) ?? [];
    while (past.length > 1 && (past[1]?.at ?? Infinity) < version.at - KEPT_MS) past.shift();
    past.push(version);
    versions.set(id, past);
  }
  function clear(): void {
    live.clear();
    versions.clear();
    gone = [];
  }
  return {
    clear,
    get: (id) => live.get(id),
    put(row, at) {
      live.set(row.id, row);
      note(row.id, { at, row });
      return row;
    },
    remove(id, at) {
      const row = live.get(id);
      if (!row) return;
      live.delete(id);
      note(id, { at, row: undefined });
      gone.push({ row, deletedAt: at });
    },
    all: () => [...live.values()],
    asOf(at) {
      const seen: R[] = [];
      for (const [id, past] of versions) {
        const row = past.findLast((version) => version.at <= at)?.row;
        if (row) seen.push(row);
        const last = past.at(-1);
        if (last && !last.row && last.at < at - KEPT_MS) versions.delete(id);
      }
      return seen;
    },
    gone: () => gone,
    save: () => ({ rows: [...live.values()], gone }),
    load(saved) {
      clear();
      for (const row of saved.rows as R[]) {
        live.set(row.id, row);
        versions.set(row.id, [{ at: row.createdAt, row }]);
      }
      gone = saved.gone as Gone<R>[];
    },
  };
}
