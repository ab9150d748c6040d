import { bucketBounds } from "../bucket-bounds.ts";
import type { Store } from "../store.ts";
import type { Tables } from "./tables.ts";

export function buckets({ buckets }: Tables): Pick<Store, "takeCalls" | "holdCalls"> {
  const before = (account: string) => buckets.get(account) ?? -Infinity;
  return {
    async takeCalls(account, { now, ...calls }) {
      const { floor, full, cost, most } = bucketBounds(now, calls);
      const isFull = before(account) < floor || before(account) > most;
      const after = isFull ? full : before(account) + cost;
      buckets.set(account, after);
      return after;
    },
    async holdCalls(account, { now, until }) {
      const { most } = bucketBounds(now);
      if (before(account) < until || before(account) > most) buckets.set(account, until);
    },
  };
}
