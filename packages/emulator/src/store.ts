import { createTable } from "./table.ts";
import type { OnChange, Row, SavedTable, Table } from "./table.ts";

/** All objects of all products; each product names its tables. */
export interface Store {
  table<R extends Row>(kind: string): Table<R>;
  kinds(): string[];
  /** Counts up from 1 for each name. */
  next(name: string): number;
  save(): SavedStore;
  load(saved: SavedStore): void;
  clear(): void;
}

export interface SavedStore {
  tables: Record<string, SavedTable>;
  counters: Record<string, number>;
}

/** @param onChange told of each change of a row */
export function createStore(onChange: (table: string, ...change: Parameters<OnChange>) => void): Store {
  const tables = new Map<string, Table<Row>>();
  let counters: Record<string, number> = {};

  function table<R extends Row>(kind: string): Table<R> {
    let found = tables.get(kind);
    if (!found) tables.set(kind, (found = createTable<Row>((...change) => onChange(kind, ...change))));
    return found as unknown as Table<R>;
  }
  function clear(): void {
    for (const one of tables.values()) one.clear();
    counters = {};
  }
  return {
    table,
    clear,
    kinds: () => [...tables.keys()],
    next: (name) => (counters[name] = (counters[name] ?? 0) + 1),
    save: () => ({
      tables: Object.fromEntries([...tables].map(([kind, one]) => [kind, one.save()])),
      counters,
    }),
    load(saved) {
      clear();
      counters = { ...saved.counters };
      for (const [kind, one] of Object.entries(saved.tables)) table(kind).load(one);
    },
  };
}
