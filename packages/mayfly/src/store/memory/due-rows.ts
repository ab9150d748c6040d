import { isHeld } from "../is-held.ts";
import type { Store } from "../store.ts";
import type { Tables } from "./tables.ts";

/** What the scheduler asks; walks the rows that have a next time. */
export function dueRows({ timed }: Tables): Pick<Store, "due" | "nextDueAt"> {
  return {
    due: async (now, limit) =>
      [...timed.values()]
        .filter((row) => row.next_action_at! <= now && !isHeld(row.lease_until, now))
        .sort((a, b) => a.next_action_at! - b.next_action_at!)
        .slice(0, limit)
        .map((row) => row.id),

    async nextDueAt(now) {
      let next: number | undefined;
      for (const row of timed.values()) {
        const at = isHeld(row.lease_until, now)
          ? Math.max(row.next_action_at!, row.lease_until!)
          : row.next_action_at!;
        if (next === undefined || at < next) next = at;
      }
      return next;
    },
  };
}
