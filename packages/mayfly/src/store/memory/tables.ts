import type { Instance, SharedThing } from "../../lifecycle/instance.ts";
import type { EventDraft } from "../event-draft.ts";
import type { EventWaiters } from "../event-waiters.ts";
import { createEventWaiters } from "../event-waiters.ts";
import type { RowColumns } from "../row-codec.ts";
import { rowCodec } from "../row-codec.ts";
import type { Duty, DutyHeld, Suspect } from "../store.ts";
import { createWatchers } from "../watchers.ts";

/** What the disk holds. */
export interface Tables {
  rows: Map<string, RowColumns>;
  /** What was written and cannot be changed, so that readers share it. */
  instances: Map<string, Instance>;
  /** Those rows that have a next time. */
  timed: Map<string, RowColumns>;
  watched: Map<string, RowColumns>;
  provisioning: Map<string, RowColumns>;
  leased: Map<string, RowColumns>;
  /** The ids of live instances by their names. */
  names: Map<string, string>;
  zones: Map<string, Set<string>>;
  idempotencyKeys: Map<string, { id: string; at: number }>;
  foundKeys: Map<string, string>;
  /** Of deliveries that are not acknowledged: the ids of their instances. */
  deliveries: Map<string, string>;
  events: EventDraft[];
  suspects: Map<string, Suspect[]>;
  /** By `sharedKey`. */
  shared: Map<string, SharedRow>;
  duties: Map<string, Duty>;
  isAnothers(duty: DutyHeld | undefined): boolean;
  /** What was seen of instances, by their ids, as it is kept. */
  sightings: Map<string, string>;
  /** Until when each account's bucket is empty. */
  buckets: Map<string, number>;
  waiters: EventWaiters;
  /** Those who wait for rows of this account to be watched. */
  watchers: (account: string) => EventWaiters;
  read(id: string | undefined): Instance | undefined;
  write(before: Instance | undefined, after: Instance): Instance;
}

export interface SharedRow extends SharedThing {
  account: string;
  /** The ids of the instances that want it. */
  uses: Set<string>;
  taken?: { token: string; until: number };
}

export function createTables(): Tables {
  const tables: Tables = {
    rows: new Map(),
    instances: new Map(),
    timed: new Map(),
    watched: new Map(),
    provisioning: new Map(),
    leased: new Map(),
    names: new Map(),
    zones: new Map(),
    idempotencyKeys: new Map(),
    foundKeys: new Map(),
    deliveries: new Map(),
    events: [],
    suspects: new Map(),
    shared: new Map(),
    duties: new Map(),
    isAnothers: (duty) =>
      duty !== undefined && (tables.duties.get(duty.name)?.token ?? duty.token) !== duty.token,
    sightings: new Map(),
    buckets: new Map(),
    waiters: createEventWaiters(),
    watchers: createWatchers(),
    read: (id) => (id === undefined ? undefined : tables.instances.get(id)),
    write(before, after) {
      const { id, account, name, spec, footprint } = after;
      const columns = rowCodec.encode(after);
      const written = frozen(rowCodec.decode(columns));
      tables.rows.set(id, columns);
      tables.instances.set(id, written);
      keep(tables.timed, columns, columns.next_action_at !== null);
      keep(tables.watched, columns, columns.watched === 1);
      keep(tables.provisioning, columns, columns.phase === "pending" || columns.phase === "provisioning");
      keep(tables.leased, columns, columns.lease_token !== null);
      if (!before || after.phase === "deleted") use(tables, after);
      if (before && before.phase !== "deleted") tables.names.delete(before.name);
      if (after.phase !== "deleted") tables.names.set(name, id);
      addTo(tables.zones, account, spec.zone);
      addTo(tables.zones, account, footprint.zone);
      return written;
    },
  };
  return tables;
}

function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}

function keep(index: Map<string, RowColumns>, columns: RowColumns, belongs: boolean): void {
  if (belongs) index.set(columns.id, columns);
  else index.delete(columns.id);
}

function addTo(sets: Map<string, Set<string>>, key: string, value: string): void {
  sets.set(key, (sets.get(key) ?? new Set()).add(value));
}

/** What the instance was promised is kept for it, until it is gone. */
function use({ shared }: Tables, { id, account, phase, uses = [] }: Instance): void {
  for (const thing of uses) {
    const key = sharedKey(account, thing);
    const row = shared.get(key) ?? { account, ...thing, uses: new Set<string>() };
    if (phase === "deleted") row.uses.delete(id);
    else shared.set(key, { ...row, uses: row.uses.add(id) });
  }
}

export function sharedKey(account: string, { kind, place, name }: SharedThing): string {
  return [account, kind, place, name].join("\n");
}
