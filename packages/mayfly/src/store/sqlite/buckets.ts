import { bucketBounds } from "../bucket-bounds.ts";
import type { Store } from "../store.ts";
import type { Session } from "./session.ts";

export function buckets({ statements, write }: Session): Pick<Store, "takeCalls" | "holdCalls"> {
  return {
    takeCalls: (account, { now, ...calls }) =>
      write(`take calls of ${account}`, () =>
        Number(statements.takeCalls.get({ account, ...bucketBounds(now, calls) })?.["empty_until"]),
      ),

    async holdCalls(account, { now, until }) {
      const { most } = bucketBounds(now);
      await write(`hold the calls of ${account}`, () => statements.holdCalls.run({ account, until, most }));
    },
  };
}
