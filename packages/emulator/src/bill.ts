import type { Holding, Lent } from "./product.ts";
import type { Row } from "./table.ts";

/** What one object cost so far. */
export interface BillItem {
  kind: string;
  id: string;
  name: string;
  zone: string;
  /** Whose it is, by id, when it comes and goes with another object. */
  of?: string;
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

  function turn(what: Omit<BillItem, "hours" | "euros">, eurosPerHour: number, at: number): void {
    const known = meters.get(what.id);
    if (!known && eurosPerHour === 0) return;
    const meter = known ?? { ...what, hours: 0, euros: 0, at, eurosPerHour: 0 };
    meters.set(what.id, { ...read(meter, at), name: what.name, at, eurosPerHour });
  }

  return {
    note(table, { before, after, at }) {
      const holding = holds[table];
      const row = after ?? before;
      if (!holding?.price || !row) return;
      const price = holding.price as (row: Row) => number;
      const lent = holding.lent as ((row: Row) => Lent | undefined) | undefined;
      const { id, name, zone } = row;
      turn({ kind: holding.kind, id, name, zone }, after ? price(after) : 0, at);
      const had = before && lent?.(before);
      const has = after && lent?.(after);
      if (had && had.id !== has?.id) turn({ kind: had.kind, id: had.id, name, zone, of: id }, 0, at);
      if (has) turn({ kind: has.kind, id: has.id, name, zone, of: id }, has.price, at);
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

function read({ kind, id, name, zone, of, ...meter }: Meter, now: number): BillItem {
  const hours = Math.max(0, now - meter.at) / HOUR_MS;
  return {
    kind,
    id,
    name,
    zone,
    ...(of !== undefined && { of }),
    hours: meter.hours + (meter.eurosPerHour > 0 ? hours : 0),
    euros: meter.euros + hours * meter.eurosPerHour,
  };
}
