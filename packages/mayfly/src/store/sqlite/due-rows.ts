import type { Store } from "../store.ts";
import type { Session } from "./session.ts";

/** What the scheduler asks. */
export function dueRows({ statements, read }: Session): Pick<Store, "due" | "nextDueAt"> {
  return {
    due: (now, limit) =>
      read("list what is due", () => statements.due.all({ now, limit }).map((row) => String(row["id"]))),

    nextDueAt: (now) =>
      read("look for what is due next", () => {
        const found = [statements.nextUnheld.get({ now })?.["at"], statements.nextHeld.get({ now })?.["at"]];
        const times = found.filter((at) => typeof at === "number");
        return times.length === 0 ? undefined : Math.min(...times);
      }),
  };
}
