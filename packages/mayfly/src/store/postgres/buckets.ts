import { bucketBounds } from "../bucket-bounds.ts";
import type { Store } from "../store.ts";
import type { Session } from "./session.ts";

/** Each is one statement, and so one transaction. */
export function buckets({ read }: Session): Pick<Store, "takeCalls" | "holdCalls"> {
  return {
    takeCalls: (account, { now, ...calls }) =>
      read(`take calls of ${account}`, async (run) => {
        const [bucket] = await run("takeCalls", { account, ...bucketBounds(now, calls) });
        return Number(bucket?.["empty_until"]);
      }),

    async holdCalls(account, { now, until }) {
      const { most } = bucketBounds(now);
      await read(`hold the calls of ${account}`, (run) => run("holdCalls", { account, until, most }));
    },
  };
}
