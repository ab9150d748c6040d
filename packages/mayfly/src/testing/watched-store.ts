import type { Instance } from "../lifecycle/instance.ts";
import type { Store } from "../store/store.ts";

// A lease that ends later than this was written by a clock that was wrong, and holds nobody off.
const LONGEST_LEASE_MS = 60_000;

/** A store that counts its writes and complains when one goes through that a lease or a version should have refused. */
export function watchedStore(
  store: Store,
  written: () => void,
): { store: Store; complaints: () => string[] } {
  const complaints: string[] = [];
  const watched: Store = {
    ...store,
    insert(row, keys) {
      written();
      return store.insert(row, keys);
    },
    renew(token, now, until) {
      written();
      return store.renew(token, now, until);
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
      const row = await store.update(id, guard, change);
      if (guard.token !== undefined && before?.lease?.token !== guard.token)
        complaints.push(`leases: a late write to ${id} went through`);
      if (guard.version !== undefined && before?.version !== guard.version)
        complaints.push(`versions: a write to ${id} went through that had not read its last version`);
      return row;
    },
  };
  return { store: watched, complaints: () => complaints.splice(0) };
}

function isHeld(row: Instance | undefined, token: string, now: number): boolean {
  const lease = row?.lease;
  return (
    lease !== undefined && lease.token !== token && lease.until > now && lease.until <= now + LONGEST_LEASE_MS
  );
}
