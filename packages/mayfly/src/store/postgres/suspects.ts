import type { Store } from "../store.ts";
import type { Session } from "./session.ts";

export function suspects({ read, write }: Session): Pick<Store, "setSuspects" | "suspects"> {
  return {
    setSuspects: (account, suspects) =>
      write(`set the suspects of ${account}`, async ({ run, lock }) => {
        await lock(`suspects ${account}`);
        await run("dropSuspects", { account });
        for (const { key, firstSeenAt } of suspects) await run("addSuspect", { account, key, firstSeenAt });
      }),

    suspects: (account) =>
      read(`list the suspects of ${account}`, async (run) =>
        (await run("suspects", { account })).map((row) => ({
          key: String(row["key"]),
          firstSeenAt: Number(row["first_seen_at"]),
        })),
      ),
  };
}
