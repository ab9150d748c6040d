import type { Instance } from "../lifecycle/instance.ts";
import type { Store } from "../store/store.ts";

// A lease that ends later than this was written by a clock that was wrong, and holds nobody off.
const LONGEST_LEASE_MS = 60_000;

/** A store that counts its writes and complains when one goes through that a lease or a version should have refused. */
export function watchedStore(
  store: Store,
  written: () => void,
): {
  store: Store;
  complaints: () => string[];
  /** How many events there have to be after all that was written. */
  eventsDue: () => number;
} {
  const complaints: string[] = [];
  let eventsDue = 0;
  const watched: Store = {
    ...store,
    async insert(row, keys) {
      written();
      const inserted = await store.insert(row, keys);
      if (inserted.created) eventsDue += 1;
      return inserted;
    },
    async renew(token, now, until) {
      written();
      // Each does its work when it is called: nobody writes between them.
      const [before, , after] = await Promise.all([
        leased(store),
        store.renew(token, now, until),
        leased(store),
      ]);
      for (const [id, lease] of before) {
        const mine = lease.token === token && lease.until > now;
        if (!mine && after.get(id) !== lease)
          complaints.push(`leases: that of ${id} was prolonged by somebody who did not hold it`);
      }
    },
    async claim(id, lease) {
      written();
      const before = await store.get(id);
      const claimed = await store.claim(id, lease);
      if (claimed && isHeld(before, lease.token, lease.now))
        complaints.push(`leases: ${id} was claimed while another worker held it`);
      return claimed;
    },
    async update(id, guard, change) {
      written();
      const before = await store.get(id);
      let events = 0;
      const row = await store.update(id, guard, (current) => {
        const changed = change(current);
        events = changed?.events?.length ?? 0;
        return changed;
      });
      eventsDue += events;
      if (guard.token !== undefined && before?.lease?.token !== guard.token)
        complaints.push(`leases: a late write to ${id} went through`);
      if (guard.version !== undefined && before?.version !== guard.version)
        complaints.push(`versions: a write to ${id} went through that had not read its last version`);
      return row;
    },
  };
  return { store: watched, complaints: () => complaints.splice(0), eventsDue: () => eventsDue };
}

async function leased(store: Store): Promise<Map<string, NonNullable<Instance["lease"]>>> {
  const { instances } = await store.list({ limit: 1_000 });
  return new Map(instances.flatMap(({ id, lease }) => (lease ? [[id, lease] as const] : [])));
}

function isHeld(row: Instance | undefined, token: string, now: number): boolean {
  const lease = row?.lease;
  return (
    lease !== undefined && lease.token !== token && lease.until > now && lease.until <= now + LONGEST_LEASE_MS
  );
}
