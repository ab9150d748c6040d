import { hostname } from "node:os";
import { dirname } from "node:path";
import { UserError } from "./api/user-error.ts";
import { systemClock } from "./clock.ts";
import type { Clock } from "./clock.ts";
import type { Log, Ports } from "./controllers/ports.ts";
import { createStoreClock } from "./controllers/store-clock.ts";
import type { StoreClock } from "./controllers/store-clock.ts";
import { systemRandom } from "./random.ts";
import { createTimerScheduler } from "./scheduler/timer.ts";
import { StoreError } from "./store/error.ts";
import { openSqliteStore } from "./store/sqlite.ts";
import type { SqliteStore } from "./store/sqlite.ts";

/** Where the rows are, who wakes them, and by which clock their times are told. */
export interface Rows extends Pick<Ports, "store" | "scheduler" | "together"> {
  /** The file of a home that keeps its rows itself. */
  file?: SqliteStore;
  close(): Promise<void>;
}

export interface RowsOptions {
  /** SQLite at this path, … */
  path: string;
  /** … or PostgreSQL at this URL, with others. */
  database?: string;
  clock: Clock | StoreClock;
  owner?: string;
  log: Log;
  /** Until then the store's clock is followed. */
  signal: AbortSignal;
}

const HEARD_WITHIN_MS = 20_000;

/** Of this machine, or, where several share a database, of that database once it is heard. */
export const clockFor = (database: string | undefined): Clock | StoreClock =>
  database === undefined ? systemClock : createStoreClock(systemClock);

export async function openRows(options: RowsOptions): Promise<Rows> {
  const { owner, database } = options;
  // It becomes part of a tag, and of the list of tags that a cloud is asked for.
  if (owner !== undefined && !/^[\w.-]{1,64}$/.test(owner))
    throw new UserError("MAYFLY_OWNER is not the id of an installation", {
      exitCode: 2,
      suggestion: "`mayfly doctor` shows it: 16 small letters and digits",
    });
  try {
    return database === undefined ? await inFile(options) : await inDatabase(options, database);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    if (error.code !== "schema") throw unusable(options, error.message);
    const suggestion =
      owner === undefined ? undefined : "unset MAYFLY_OWNER, or delete those instances first";
    throw new UserError(error.message, { exitCode: 4, suggestion });
  }
}

async function inFile({ path, owner, clock }: RowsOptions): Promise<Rows> {
  const store = await openSqliteStore({ path, random: systemRandom, ...(owner !== undefined && { owner }) });
  return {
    store,
    scheduler: createTimerScheduler({ rows: store, clock }),
    file: store,
    close: store.close,
  };
}

/** Loaded only by who has such a database. */
async function inDatabase({ owner, clock, log, signal }: RowsOptions, url: string): Promise<Rows> {
  const { openPostgresStore } = await import("./store/postgres.ts");
  const { openWakeJobs } = await import("./scheduler/pg-boss/open-wake-jobs.ts");
  const { createPgBossScheduler } = await import("./scheduler/pg-boss.ts");
  const { asStoreError } = await import("./store/postgres/as-store-error.ts");
  const onError = (error: unknown) => log.warn({ err: error }, "the jobs that wake instances are in trouble");
  const jobs = await openWakeJobs({ url, clock, onError }).catch((error: unknown) => {
    throw asStoreError("open the jobs that wake instances", error);
  });
  const open = {
    url,
    random: systemRandom,
    clock,
    onNextAction: jobs,
    ...(owner !== undefined && { owner }),
  };
  const store = await openPostgresStore(open).catch(async (error: unknown) => {
    await jobs.close();
    throw error;
  });
  const close = async () => {
    await store.close();
    await jobs.close();
  };
  if ("follow" in clock && !(await isHeard(clock.follow(store, signal), clock))) {
    await close();
    throw new StoreError(
      "unavailable",
      `the database did not say within ${HEARD_WITHIN_MS / 1_000} s what time it is: each answer took longer than a quarter of a second`,
    );
  }
  return {
    store,
    scheduler: createPgBossScheduler({ jobs, rows: store, clock, jobsComeWithRows: true }),
    together: { as: `${hostname()} ${process.pid}` },
    close,
  };
}

/** The caller's signal ends the following itself. */
async function isHeard(following: Promise<void>, clock: Clock): Promise<boolean> {
  const over = new AbortController();
  const late = clock.sleep(HEARD_WITHIN_MS, over.signal).then(
    () => false,
    () => true,
  );
  return Promise.race([following.then(() => true), late]).finally(() => over.abort());
}

const unusable = ({ path, database }: RowsOptions, message: string) =>
  new UserError(message, {
    suggestion:
      database === undefined
        ? `look to the disk of ${dirname(path)}, to whose its files are, and to who else has them open; until a service runs nobody ends the instances there`
        : `is the database to be reached from here, by the user and password of its URL (or PGUSER, PGPASSWORD)? until a service runs nobody ends the instances there`,
  });
