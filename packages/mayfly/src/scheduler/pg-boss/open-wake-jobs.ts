import { PgBoss } from "pg-boss";
import type { Clock as BossClock } from "pg-boss";
import type { Clock } from "../../clock.ts";
import { isMissing } from "./is-missing.ts";
import { HORIZON_MS } from "./wake-jobs.ts";
import type { Execute, TakenJob, Wake, WakeJobs } from "./wake-jobs.ts";

export interface WakeJobsOptions {
  /** `postgres://user:password@host:port/database` */
  url: string;
  clock: Clock;
  /** pg-boss's own; made when it is not there. @default "pgboss" */
  schema?: string;
  /** @default 4 */
  connections?: number;
  /** By which pg-boss tells the time. @default this machine's */
  bossClock?: BossClock;
  /** What goes wrong in pg-boss by itself: its upkeep, a connection. */
  onError(error: unknown): void;
}

const QUEUE = "mayfly-wake";

/** One job a key that waits; an instance that is woken while its job is taken gets another. */
const queue = {
  policy: "short",
  retryLimit: 2,
  expireInSeconds: 60,
  deleteAfterSeconds: 60,
} as const;

export async function openWakeJobs(options: WakeJobsOptions): Promise<WakeJobs> {
  const { url, clock, schema = "pgboss", connections = 4, bossClock, onError } = options;
  let boss = await opened();
  let isBroken = false;
  let closed = false;

  async function opened(): Promise<PgBoss> {
    const made = new PgBoss({
      connectionString: url,
      schema,
      max: connections,
      application_name: "mayfly wakes",
      connectionTimeoutMillis: 5_000,
      schedule: false,
      // Else what is finished stays for a day.
      maintenanceIntervalSeconds: 60,
      ...(bossClock && { clock: bossClock }),
    });
    made.on("error", noticed);
    try {
      await made.start();
      await made.createQueue(QUEUE, queue);
      const { rows } = await made.getDb().executeSql(HAS_INDEX, [`${schema}.${INDEX}`]);
      if (!rows[0]?.there) await made.getDb().executeSql(indexOfKeys(schema));
      return made;
    } catch (error) {
      await made.stop({ graceful: false });
      throw error;
    }
  }

  function noticed(error: unknown): void {
    if (isMissing(error)) isBroken = true;
    else onError(error);
  }

  /** What fails since the tables are gone is mended by `repair`. */
  async function noticing<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (isMissing(error)) isBroken = true;
      throw error;
    }
  }

  const seconds = (at: number) => Math.max(0, at - clock.now()) / 1_000;
  const isNear = (at: number) => at <= clock.now() + HORIZON_MS;
  const job = ({ id, at, asked }: Wake) => ({ singletonKey: id, data: { asked }, startAfter: seconds(at) });

  /** A new job, where none waits. */
  async function sent({ id, at, asked }: Wake, db: Within): Promise<boolean> {
    const made = await boss.send(QUEUE, { asked }, { singletonKey: id, startAfter: seconds(at), ...db });
    return made !== null;
  }

  async function moved({ id, at, asked }: Wake, db: Within): Promise<boolean> {
    const { updated } = await boss.update(
      QUEUE,
      { asked },
      { singletonKey: id, startAfter: seconds(at), match: "all", ...db },
    );
    return updated > 0;
  }

  /** What waits is moved, however far; what is far and does not wait needs no job yet. */
  async function replaced(wake: Wake, db: Within): Promise<void> {
    if (await moved(wake, db)) return;
    if (!isNear(wake.at)) return;
    // Somebody else may have made one since.
    if (!(await sent(wake, db))) await moved(wake, db);
  }

  async function added(wakes: readonly Wake[]): Promise<void> {
    if (wakes.length > 0) await boss.insert(QUEUE, wakes.map(job));
  }

  async function replacedAll(wakes: readonly Wake[]): Promise<void> {
    if (wakes.length === 0) return;
    const times = wakes.map(({ id, at, asked }) => ({ id, seconds: seconds(at), asked }));
    const { rows } = await boss.getDb().executeSql(moveJobs(schema), [JSON.stringify(times)]);
    const before = new Set(rows.map(({ id }: { id: string }) => id));
    await added(wakes.filter(({ id, at }) => !before.has(id) && isNear(at)));
  }

  async function released(id: string, at: number | undefined, db: Within): Promise<void> {
    const waiting = await boss.findJobs<Data>(QUEUE, { key: id, queued: true, ...db });
    const asked = waiting.some(({ data }) => data.asked);
    if (asked) await replaced({ id, at: clock.now(), asked }, db);
    else if (at !== undefined && isNear(at)) await replaced({ id, at, asked: false }, db);
    else if (waiting.length > 0)
      await boss.deleteJob(
        QUEUE,
        waiting.map((one) => one.id),
        db,
      );
  }

  return {
    write: (execute, { id, why, at }) =>
      noticing(async () => {
        const db = within(execute);
        if (why === "released" || at === undefined) await released(id, at, db);
        else if (why === "changed") await replaced({ id, at, asked: false }, db);
        // Of what is new or was just taken none waits.
        else if (isNear(at) && !(await sent({ id, at, asked: false }, db)))
          await replaced({ id, at, asked: false }, db);
      }),
    failed: noticed,

    replace: (wakes) => noticing(() => replacedAll(wakes)),
    add: (wakes) => noticing(() => added(wakes)),
    waiting: () =>
      noticing(async () => {
        const jobs = await boss.findJobs<Data>(QUEUE, { queued: true });
        return new Map(
          jobs.map(({ singletonKey, startAfter }) => [singletonKey ?? "", startAfter.getTime()]),
        );
      }),
    take: (limit) =>
      noticing(async () => {
        const jobs = await boss.fetch<Data>(QUEUE, { batchSize: limit, includeMetadata: true });
        return jobs.map(({ id, singletonKey, data, retryCount }): TakenJob => {
          return { id, instanceId: singletonKey ?? "", asked: data.asked, retryCount };
        });
      }),
    async drop(jobs) {
      if (jobs.length > 0) await noticing(() => boss.deleteJob(QUEUE, [...jobs]));
    },

    broken: () => isBroken,
    async repair() {
      if (!isBroken || closed) return;
      const before = boss;
      boss = await opened();
      isBroken = false;
      await before.stop({ graceful: false });
    },
    async close() {
      closed = true;
      await boss.stop({ graceful: false });
    },
  };
}

const INDEX = "mayfly_wake_key";
/** To make it, though it be there, waits for everybody who writes jobs, and has them wait. */
const HAS_INDEX = "SELECT to_regclass($1) IS NOT NULL AS there";

/** pg-boss has none by which a job that waits is found by its key. Of many who make it at once one does. */
const indexOfKeys = (schema: string): string => `
  SELECT pg_advisory_xact_lock(hashtext('mayfly jobs'), hashtext('${schema}'));
  CREATE INDEX IF NOT EXISTS ${INDEX} ON ${schema}.job_common (name, singleton_key) WHERE state < 'active'`;

/**
 * pg-boss moves the jobs of one key at a time. The times are counted by its own clock, and each job is kept for as long
 * after its time as before. Locked in one order: two who move the same jobs wait for each other one way only.
 */
const moveJobs = (schema: string): string => `
  WITH waiting AS (
    SELECT job.id, new.seconds, new.asked
    FROM jsonb_to_recordset($1::jsonb) AS new (id text, seconds float8, asked boolean)
    JOIN ${schema}.job_common AS job ON job.name = '${QUEUE}' AND job.singleton_key = new.id
    WHERE job.state < 'active'
    ORDER BY job.singleton_key
    FOR UPDATE OF job
  )
  UPDATE ${schema}.job_common AS job
  SET data = jsonb_build_object('asked', waiting.asked),
    start_after = ${schema}.job_now() + waiting.seconds * interval '1 second',
    keep_until = ${schema}.job_now() + waiting.seconds * interval '1 second' + (job.keep_until - job.start_after)
  FROM waiting
  WHERE job.id = waiting.id AND job.state < 'active'
  RETURNING job.singleton_key AS id`;

interface Data {
  asked: boolean;
}

/** In whose transaction; in none of its own when it is empty. */
type Within = { db?: { executeSql: Execute } };

const within = (execute: Execute): Within => ({ db: { executeSql: execute } });
