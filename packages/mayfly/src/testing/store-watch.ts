import type { Instance } from "../lifecycle/instance.ts";
import { StoreError } from "../store/error.ts";
import type { Store } from "../store/store.ts";

// A lease that ends later than this was written by a clock that was wrong, and holds nobody off.
const LONGEST_LEASE_MS = 60_000;

export interface StoreWatch {
  /** The same store as a process reaches it, whose writes are looked at. */
  watch(store: Store): Store;
  complaints(): string[];
  /** Whether so many events are as many as were written: else what is wrong. */
  countEvents(seen: number): string[];
}

/**
 * Complains when a write goes through that a lease or a version should have refused. Writes of several processes may
 * be under way at once: what is said of a row before a write counts only when nobody else wrote in between.
 * @param truth reads the rows beside all processes
 */
export function createStoreWatch(truth: Store, written: (id?: string) => void): StoreWatch {
  const complaints: string[] = [];
  let eventsDue = 0;
  /** Events of writes that failed so that nobody knows whether they were done. */
  let eventsInDoubt = 0;
  /** Row by row, those that a write has made. */
  const versions = new Set<string>();
  let renewing: Promise<unknown> = Promise.resolve();

  /**
   * Tells of a write before it begins and when it is over, and keeps count of its events.
   * @param events undefined: it failed; then the most there can be
   */
  async function counted<T>(
    id: string | undefined,
    write: () => Promise<T>,
    events: (done: T | undefined) => number,
  ): Promise<T> {
    written(id);
    try {
      const done = await write();
      eventsDue += events(done);
      return done;
    } catch (error) {
      if (error instanceof StoreError && error.code === "unavailable") eventsInDoubt += events(undefined);
      throw error;
    } finally {
      written(id);
    }
  }

  /** Of two writes that made the same one the first is lost. */
  function madeVersion({ id, version }: Instance): void {
    const made = `${id} ${version}`;
    if (versions.has(made)) complaints.push(`versions: two writes to ${id} made version ${version} of it`);
    versions.add(made);
  }

  async function renew(store: Store, ...[token, now, until]: Parameters<Store["renew"]>): Promise<void> {
    const before = await leased(truth);
    await counted(
      undefined,
      () => store.renew(token, now, until),
      () => 0,
    );
    const after = await leased(truth);
    for (const [id, { version, lease }] of before) {
      const mine = lease.token === token && lease.until > now;
      const later = after.get(id);
      if (!mine && later?.version === version && later.lease.until !== lease.until)
        complaints.push(`leases: that of ${id} was prolonged by somebody who did not hold it`);
    }
  }

  const watch = (store: Store): Store => {
    const own: Partial<Store> = {
      insert: (row, keys) =>
        counted(
          row.id,
          () => store.insert(row, keys),
          (done) => Number(done?.created ?? true),
        ),
      // One after the other: only they change a lease and leave the row's version as it is.
      renew: (...lease) =>
        (renewing = renewing.catch(() => undefined).then(() => renew(store, ...lease))) as Promise<void>,
      async claim(id, lease) {
        const before = await truth.get(id);
        const claimed = await counted(
          id,
          () => store.claim(id, lease),
          () => 0,
        );
        if (claimed) madeVersion(claimed);
        if (claimed?.version === (before?.version ?? NaN) + 1 && isHeld(before, lease.token, lease.now))
          complaints.push(`leases: ${id} was claimed while another worker held it`);
        return claimed;
      },
      async update(id, guard, change) {
        const before = await truth.get(id);
        let events = 0;
        let isWritten = false;
        const row = await counted(
          id,
          () =>
            store.update(id, guard, (current) => {
              const changed = change(current);
              events = changed?.events?.length ?? 0;
              isWritten = changed !== undefined;
              return changed;
            }),
          () => events,
        );
        if (isWritten) madeVersion(row);
        const isNext = row.version === before?.version || row.version === (before?.version ?? NaN) + 1;
        if (isNext && guard.token !== undefined && before?.lease?.token !== guard.token)
          complaints.push(`leases: a late write to ${id} went through`);
        if (guard.version !== undefined && row.version !== guard.version && row.version !== guard.version + 1)
          complaints.push(`versions: a write to ${id} went through that had not read its last version`);
        return row;
      },
    };
    return new Proxy(store, { get: (_, name) => Reflect.get(own, name) ?? Reflect.get(store, name) });
  };

  return {
    watch,
    complaints: () => complaints.splice(0),
    countEvents(seen) {
      const most = eventsDue + eventsInDoubt;
      if (seen < eventsDue || seen > most)
        return [`events: there are ${seen}, and ${eventsDue} were to be written`];
      // From here on it is known.
      eventsDue = seen;
      eventsInDoubt = 0;
      return [];
    },
  };
}

interface Held {
  version: number;
  lease: NonNullable<Instance["lease"]>;
}

async function leased(truth: Store): Promise<Map<string, Held>> {
  const { instances } = await truth.list({ limit: 1_000 });
  return new Map(
    instances.flatMap(({ id, version, lease }) => (lease ? [[id, { version, lease }] as const] : [])),
  );
}

function isHeld(row: Instance | undefined, token: string, now: number): boolean {
  const lease = row?.lease;
  return (
    lease !== undefined && lease.token !== token && lease.until > now && lease.until <= now + LONGEST_LEASE_MS
  );
}
