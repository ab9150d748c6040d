import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { assertOwnHome } from "./client/assert-own-home.ts";
import type { Clock } from "./clock.ts";
import type { Log } from "./controllers/ports.ts";
import type { HomeLock } from "./store/home-lock.ts";
import { lockHome } from "./store/home-lock.ts";
import type { SqliteStore } from "./store/sqlite.ts";

const EVERY_MS = 5_000;
const SAY_AGAIN_MS = 60_000;

export interface WatchOptions {
  home: string;
  socketPath: string;
  /** Those of this process on the home; those that are taken again are added. */
  locks: HomeLock[];
  /** Of the rows, where the home keeps them. */
  file?: Pick<SqliteStore, "isDeleted" | "putBack">;
  /** Listens on the socket again. */
  listen: () => Promise<void>;
  clock: Clock;
  log: Log;
  signal: AbortSignal;
}

/**
 * Sees what no request would tell: that the process stood still, that its home was deleted or moved away, its socket
 * cleaned up; puts back what can be put back. Resolves when the signal aborts.
 */
export async function keepWatch(options: WatchOptions): Promise<void> {
  const { clock, log, signal } = options;
  let saidAt = -Infinity;
  const sayAgain = (fields: object, message: string) => {
    if (clock.monotonic() - saidAt < SAY_AGAIN_MS) return;
    saidAt = clock.monotonic();
    log.error(fields, message);
  };
  for (;;) {
    const before = clock.monotonic();
    await clock.sleep(EVERY_MS, signal).catch(() => undefined);
    if (signal.aborted) return;
    const lateMs = Math.round(clock.monotonic() - before - EVERY_MS);
    if (lateMs > EVERY_MS / 2)
      log.warn({ lateMs }, "this process stood still for a while: what fell due meanwhile is done now");
    try {
      await lookAfterHome(options, sayAgain);
    } catch (error) {
      sayAgain({ err: error }, "the home cannot be put back yet; instances are ended all the same");
    }
  }
}

async function lookAfterHome(options: WatchOptions, sayAgain: Log["error"]): Promise<void> {
  const { home, socketPath, locks, file, listen, log } = options;
  const lockPath = join(home, "mayfly.lock");

  // 1. The home first: whoever holds its lock has it.
  if (!locks.some((lock) => lock.holds())) {
    if (!file?.isDeleted() && !existsSync(home))
      return sayAgain(
        { home, pid: process.pid },
        "the home was moved away, and nobody can reach this service: move it back, or stop this process and start one on the home where it is now",
      );
    mkdirSync(home, { recursive: true, mode: 0o700 });
    assertOwnHome(home);
    const lock = existsSync(lockPath) ? undefined : lockHome(lockPath);
    if (!lock)
      return sayAgain(
        { home, pid: process.pid },
        "the home was deleted, and there is a new one in its place: this process ends what it knows of; let it run until then",
      );
    locks.push(lock);
  }

  // 2. The rows: until now they would have ended with this process.
  if (file?.isDeleted()) {
    await file.putBack();
    log.error(
      { home },
      "the database was deleted while the service ran: it is there again, with all that it held; put config.json back, if there was one",
    );
  }

  // 3. The door.
  if (existsSync(socketPath)) return;
  await listen();
  log.warn({ socket: socketPath }, "the socket was deleted: the service listens again");
}
