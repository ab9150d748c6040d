/** What every stored object has; rows are immutable and replaced as a whole. */
export interface Row {
  readonly id: string;
  readonly name: string;
  /** Its zone, or its region; empty for what is everywhere. */
  readonly zone: string;
  readonly tags: readonly string[];
  readonly createdAt: number;
}

/** A way to find rows: the keys under which one is found. Name it once; the function itself is what a table goes by. */
export type Index<R> = (row: R) => readonly string[];

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
  /** The live rows under that key, oldest first: the index's own list, not to be changed or kept. */
  by<K extends Row>(index: Index<K>, key: string): readonly R[];
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

/** Told of each change; undefined: not there. */
export type OnChange = (before: Row | undefined, after: Row | undefined, at: number) => void;

const KEPT_MS = 600_000;
const NONE: readonly never[] = [];

export function createTable<R extends Row>(onChange: OnChange = () => {}): Table<R> {
  const live = new Map<string, R>();
  const versions = new Map<string, Version<R>[]>();
  /** When each row came, counted: the order within an index. */
  const turns = new Map<string, number>();
  const indexes = new Map<Index<R>, Map<string, R[]>>();
  let gone: Gone<R>[] = [];
  let turn = 0;

  function note(id: string, version: Version<R>): void {
    const past = versions.get(id) ?? [];
    while (past.length > 1 && (past[1]?.at ?? Infinity) < version.at - KEPT_MS) past.shift();
    past.push(version);
    versions.set(id, past);
  }
  function clear(): void {
    live.clear();
    versions.clear();
    turns.clear();
    indexes.clear();
    gone = [];
  }
  function built(index: Index<R>): Map<string, R[]> {
    const known = indexes.get(index);
    if (known) return known;
    const lists = new Map<string, R[]>();
    indexes.set(index, lists);
    for (const row of live.values()) for (const key of index(row)) into(lists, key, row);
    return lists;
  }
  /** Puts the row where its turn is, over its earlier self if that is there. */
  function into(lists: Map<string, R[]>, key: string, row: R): void {
    const list = lists.get(key);
    if (!list) return void lists.set(key, [row]);
    const at = place(list, row.id);
    list.splice(at, list[at]?.id === row.id ? 1 : 0, row);
  }
  function outOf(lists: Map<string, R[]>, key: string, row: R): void {
    const list = lists.get(key) ?? [];
    list.splice(place(list, row.id), 1);
    if (list.length === 0) lists.delete(key);
  }
  function place(list: readonly R[], id: string): number {
    const wanted = turns.get(id) ?? 0;
    let [low, high] = [0, list.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((turns.get(list[middle]?.id ?? "") ?? 0) < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  }
  function reindex(before: R | undefined, after: R | undefined): void {
    for (const [index, lists] of indexes) {
      const now = after ? index(after) : NONE;
      if (before) for (const key of index(before)) if (!now.includes(key)) outOf(lists, key, before);
      if (after) for (const key of now) into(lists, key, after);
    }
  }
  return {
    clear,
    get: (id) => live.get(id),
    put(row, at) {
      const before = live.get(row.id);
      if (!before) turns.set(row.id, turn++);
      live.set(row.id, row);
      note(row.id, { at, row });
      reindex(before, row);
      onChange(before, row, at);
      return row;
    },
    remove(id, at) {
      const row = live.get(id);
      if (!row) return;
      live.delete(id);
      note(id, { at, row: undefined });
      reindex(row, undefined);
      turns.delete(id);
      gone.push({ row, deletedAt: at });
      onChange(row, undefined, at);
    },
    all: () => [...live.values()],
    by: (index, key) => built(index as unknown as Index<R>).get(key) ?? NONE,
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
        turns.set(row.id, turn++);
        versions.set(row.id, [{ at: row.createdAt, row }]);
      }
      gone = saved.gone as Gone<R>[];
    },
  };
}
