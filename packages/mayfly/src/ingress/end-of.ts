import type { Store } from "../store/store.ts";
import type { End } from "./swim-state.ts";

const ENDS: ReadonlySet<string> = new Set<End>([
  "gave-up",
  "lost",
  "released",
  "expired",
  "delete-requested",
]);
const PAGE = 500;

/** What brought an instance to its end, by its events. */
export async function endOf(store: Pick<Store, "events">, instanceId: string): Promise<End | undefined> {
  let end: End | undefined;
  for (let after = 0; ;) {
    const events = await store.events({ after, instanceId, limit: PAGE });
    for (const { kind } of events) if (ENDS.has(kind)) end = kind as End;
    if (events.length < PAGE) return end;
    after = events.at(-1)!.seq;
  }
}
