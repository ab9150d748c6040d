import type { Holding } from "./product.ts";
import type { Row } from "./table.ts";

/** What one object cost so far. */
export interface BillItem {
  kind: string;
  id: string;
  name: string;
  zone: string;
  /** How long it was billed. */
  hours: number;
  euros: number;
}

export interface BillReport {
  euros: number;
  items: BillItem[];
}

/** One object's meter, as of `at`. */
export interface Meter extends BillItem {
  at: number;
  eurosPerHour: number;
}

export interface Bill {
  /** To be told of every change of a row. */
  note(table: string, change: { before?: Row | undefined; after?: Row | undefined; at: number }): void;
  read(now: number): BillReport;
  save(): Meter[];
  load(meters: readonly Meter[]): void;
}

const HOUR_MS = 3_600_000;

/** Adds up what everything costs while it exists, to the millisecond; the wall clock counts. */
export function createBill(holds: Readonly<Record<string, Holding>>): Bill {
  const meters = new Map<string, Meter>();

  return {
    note(table, { before, after, at }) {
      const holding = holds[table];
      const row = after ?? before;
      if (!holding?.price || !row) return;
      const price = holding.price as (row: Row) => number;
      const known = meters.get(row.id);
      const eurosPerHour = after ? price(after) : 0;
      if (!known && eurosPerHour === 0) return;
      const { id, name, zone } = row;
      const meter = known ?? { kind: holding.kind, id, name, zone, hours: 0, euros: 0, at, eurosPerHour: 0 };
      meters.set(id, { ...read(meter, at), name, at, eurosPerHour });
    },
    read(now) {
      const items = [...meters.values()].map((meter) => read(meter, now));
      return { euros: items.reduce((sum, item) => sum + item.euros, 0), items };
    },
    save: () => [...meters.values()],
    load(saved) {
      meters.clear();
      for (const meter of saved) meters.set(meter.id, meter);
    },
  };
}

function read({ kind, id, name, zone, ...meter }: Meter, now: number): BillItem {
  const hours = Math.max(0, now - meter.at) / HOUR_MS;
  return {
    kind,
    id,
    name,
    zone,
    hours: meter.hours + (meter.eurosPerHour > 0 ? hours : 0),
    euros: meter.euros + hours * meter.eurosPerHour,
  };
}
