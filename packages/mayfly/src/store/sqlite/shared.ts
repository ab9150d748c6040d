import type { Store } from "../store.ts";
import type { SharedThing } from "../../lifecycle/instance.ts";
import type { Session } from "./session.ts";

type Shared = "shared" | "takeShared" | "sharedIsTaken" | "dropShared";

export function shared({ statements, read, write }: Session): Pick<Store, Shared> {
  return {
    shared: (account) =>
      read(`list what is shared on ${account}`, () =>
        statements.shared.all({ account }).map((row) => ({
          kind: String(row["kind"]) as SharedThing["kind"],
          place: String(row["place"]),
          name: String(row["name"]),
          uses: Number(row["uses"]),
        })),
      ),

    takeShared: (account, thing, { token, now, until }) =>
      write(`take ${thing.kind} ${thing.name}`, () => {
        const { changes } = statements.takeShared.run({ account, ...thing, token, now, until });
        return changes > 0;
      }),

    sharedIsTaken: (account, thing, now) =>
      read(
        `look at ${thing.kind} ${thing.name}`,
        () => statements.sharedTaken.get({ account, ...thing, now }) !== undefined,
      ),

    dropShared: (account, thing, { token, removed }) =>
      write(`drop ${thing.kind} ${thing.name}`, () => {
        if (removed) statements.dropShared.run({ account, ...thing, token });
        statements.giveSharedBack.run({ account, ...thing, token });
      }),
  };
}
