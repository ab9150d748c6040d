import type { Store } from "../store.ts";
import type { Session } from "./session.ts";

export function suspects({ statements, read, write }: Session): Pick<Store, "setSuspects" | "suspects"> {
  return {
    setSuspects: (account, suspects) =>
      write(`set the suspects of ${account}`, () => {
        statements.dropSuspects.run({ account });
        for (const { key, firstSeenAt } of suspects) statements.addSuspect.run({ account, key, firstSeenAt });
      }),

    suspects: (account) =>
      read(`list the suspects of ${account}`, () =>
        statements.suspects
          .all({ account })
          .map((row) => ({ key: String(row["key"]), firstSeenAt: Number(row["first_seen_at"]) })),
      ),
  };
}
