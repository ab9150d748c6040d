import { sql } from "../sql.ts";
import type { Store } from "../store.ts";
import type { Session } from "./session.ts";

/** What the scheduler asks. */
export function dueRows({ read, ask }: Session): Pick<Store, "due" | "nextDueAt"> {
  return {
    due: (now, limit) =>
      read("list what is due", async (run) =>
        (await run("due", { now, limit })).map((row) => String(row["id"])),
      ),

    async nextDueAt(now) {
      // In one statement: a row that is given back between two would be in neither answer.
      const both = `SELECT (${sql.nextUnheld}) AS unheld, (${sql.nextHeld}) AS held`;
      const [found] = await ask("look for what is due next", both, { now });
      const times = [found?.["unheld"], found?.["held"]].filter((at) => typeof at === "number");
      return times.length === 0 ? undefined : Math.min(...times);
    },
  };
}
