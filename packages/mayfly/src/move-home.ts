import { existsSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "./api/user-error.ts";
import { systemClock } from "./clock.ts";
import { systemRandom } from "./random.ts";
import { lockHome } from "./store/home-lock.ts";
import { moveRows } from "./store/move-rows.ts";
import type { Moved } from "./store/move-rows.ts";

/** Moves what a home keeps into a PostgreSQL database, while no service runs for it. See `moveRows`. */
export async function moveHome(home: string, url: string): Promise<Moved> {
  const path = join(home, "mayfly.db");
  if (!existsSync(path))
    throw new UserError(`nothing was ever made in ${home}`, {
      exitCode: 3,
      suggestion:
        "MAYFLY_HOME or --home names another home; a new installation needs no move: mayfly service --database URL",
    });
  const lock = lockHome(join(home, "mayfly.lock"));
  if (!lock)
    throw new UserError(`a service keeps ${home}: it would not see what is moved`, {
      exitCode: 4,
      suggestion: "mayfly service stop",
    });
  try {
    return await moveRows({ path, url, clock: systemClock, random: systemRandom });
  } finally {
    lock.release();
  }
}
