import type { Instance } from "../lifecycle/instance.ts";
import { StoreError } from "./error.ts";
import type { EventDraft } from "./event-draft.ts";
import { eventDraft } from "./event-draft.ts";
import type { Change, Guard } from "./store.ts";

/**
 * The row that an update writes and its events, undefined when there is nothing to write.
 * Id, version and lease are the store's: whatever `change` made of them is ignored.
 */
export function applyChange(
  row: Instance,
  guard: Guard,
  change: (row: Instance) => Change | undefined,
): { row: Instance; events: EventDraft[] } | undefined {
  expectGuard(row, guard);
  const { id, version, lease } = row;
  const changed = change(row);
  if (!changed) return undefined;
  // Without a token the caller holds no lease that it could give back.
  const released = changed.release === true && guard.token !== undefined;
  const next: Instance = { ...changed.row, id, version: version + 1, lease: released ? undefined : lease };
  return { row: next, events: (changed.events ?? []).map((event) => eventDraft(next, event)) };
}

function expectGuard({ id, version, lease }: Instance, guard: Guard): void {
  if (guard.token !== undefined && guard.token !== lease?.token)
    throw new StoreError("lease_lost", `update ${id}: the lease is ${lease ? "another's" : "nobody's"} now`);
  if (guard.version !== undefined && guard.version !== version)
    throw new StoreError(
      "version_moved",
      `update ${id}: version ${guard.version} was read, it is ${version} now`,
    );
}
