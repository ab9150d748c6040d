import { readdirSync } from "node:fs";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { DatabaseSync, StatementSync } from "node:sqlite";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** What cannot be done to a process from outside. */
export interface Troubles {
  /** So far is the wall clock ahead of the true time, or behind it. */
  clockAheadMs?: number;
  /** So much longer each commit takes, with the whole process: the disk is slow. */
  commitMs?: number;
  /** No page more for the database. */
  full?: boolean;
  /** Nothing can be written to the database. */
  readOnly?: boolean;
}

/** How a process is. */
export interface Figures {
  /** After a garbage collection. */
  heapBytes: number;
  rssBytes: number;
  openFiles: number;
  /** How long the event loop was held up, since the figures were read last. */
  heldUpMs: { p50: number; p99: number; max: number };
}

const DATABASE = /mayfly[.]db$/;
const MOST_PAGES = 4_294_967_294;

/** Troubles for the process that it runs in, from now on: they are laid under what is imported after. */
export function createTroubles(): { set(troubles: Troubles): void; figures(): Figures } {
  const now = { clockAheadMs: 0, commitMs: 0, full: false, readOnly: false };
  const databases = new Set<DatabaseSync>();
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  setFlagsFromString("--expose-gc");
  const collectGarbage = runInNewContext("gc") as () => void;

  const trueNow = Date.now;
  Date.now = () => trueNow() + now.clockAheadMs;

  const { run } = StatementSync.prototype;
  StatementSync.prototype.run = function slow(this: StatementSync, ...values: unknown[]) {
    if (now.commitMs > 0 && this.sourceSQL === "COMMIT") hold(now.commitMs);
    return run.apply(this, values as Parameters<typeof run>);
  };

  const { prepare } = DatabaseSync.prototype;
  DatabaseSync.prototype.prepare = function known(sql) {
    if (DATABASE.test(this.location() ?? "") && !databases.has(this)) {
      databases.add(this);
      bound(this);
    }
    return prepare.call(this, sql);
  };

  // SQLite takes as many pages as there are for the least bound.
  function bound(database: DatabaseSync): void {
    if (!database.isOpen) return;
    database.exec(
      `PRAGMA max_page_count = ${now.full ? 1 : MOST_PAGES}; PRAGMA query_only = ${now.readOnly}`,
    );
  }

  return {
    set(troubles) {
      Object.assign(now, troubles);
      for (const database of databases) bound(database);
    },
    figures() {
      const ms = (nanoseconds: number) => Math.round(nanoseconds / 1e6);
      const heldUpMs = { p50: ms(delay.percentile(50)), p99: ms(delay.percentile(99)), max: ms(delay.max) };
      collectGarbage();
      delay.reset();
      const { heapUsed: heapBytes, rss: rssBytes } = process.memoryUsage();
      return { heapBytes, rssBytes, openFiles: readdirSync("/proc/self/fd").length, heldUpMs };
    },
  };
}

const hold = (ms: number) => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
