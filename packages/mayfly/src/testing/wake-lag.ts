import { systemClock } from "../clock.ts";
import { systemRandom } from "../random.ts";
import { createPgBossScheduler } from "../scheduler/pg-boss.ts";
import { openWakeJobs } from "../scheduler/pg-boss/open-wake-jobs.ts";
import { aNewInstance } from "../store/a-new-instance-contract.ts";
import { openPostgresStore } from "../store/postgres.ts";
import type { PostgresServer } from "./postgres-server.ts";

export interface WakeLagOptions {
  /** Rows whose time is days away. */
  idle: number;
  /** Rows that are due within one second. */
  due: number;
  /** How long nothing is due, for the figures of that. */
  idleMs: number;
}

/** What one worker on PostgreSQL does while nothing is due, and how late it is when much is due at once. */
export async function wakeLag(server: PostgresServer, { idle, due, idleMs }: WakeLagOptions) {
  const schema = `lag_${idle}`;
  const errors: unknown[] = [];
  const onError = (error: unknown) => void errors.push(error);
  const jobs = await openWakeJobs({ url: server.url, schema: `${schema}_boss`, clock: systemClock, onError });
  const store = await openPostgresStore({
    url: server.url,
    schema,
    random: systemRandom,
    clock: systemClock,
    onNextAction: jobs,
  });
  const scheduler = createPgBossScheduler({ jobs, rows: store, clock: systemClock, jobsComeWithRows: true });

  // 1. Rows like one that was inserted: all far away but those of one second.
  await store.insert(aNewInstance({ id: "mf-0", name: "n-0", nextActionAt: undefined }));
  const now = Date.now();
  const dueFrom = now + idleMs + 15_000;
  await clone(server, schema, { prefix: "idle", count: idle, at: `${now + 86_400_000} + n * 1000` });
  await clone(server, schema, { prefix: "due", count: due, at: `${dueFrom} + n * 1000 / ${due}` });
  await server.query(`ANALYZE ${schema}.instances`);

  // 2. Nothing to do.
  const lags: number[] = [];
  const { promise: allDone, resolve: done } = Promise.withResolvers<void>();
  await scheduler.start(async (id) => {
    const at = Date.now();
    const claimed = await store.claim(id, { token: "w1", now: at, until: at + 5_000 });
    if (!claimed) return;
    lags.push(at - (claimed.nextActionAt ?? at));
    const never = { ...claimed, nextActionAt: undefined };
    await store.update(id, { token: "w1" }, () => ({ row: never, release: true }));
    if (lags.length === due) done();
  }, onError);
  await systemClock.sleep(3_000);
  const [before, cpu] = [await workOf(server), process.cpuUsage()];
  await systemClock.sleep(idleMs);
  const [after, spent] = [await workOf(server), process.cpuUsage(cpu)];
  const perSecond = (count: number) => Math.round((count * 1_000) / idleMs);

  // 3. Much at once.
  await Promise.race([allDone, systemClock.sleep(120_000)]);
  await scheduler.stop();
  await store.close();
  await jobs.close();
  lags.sort((a, b) => a - b);
  const at = (share: number) => Math.round(lags[Math.ceil(lags.length * share) - 1] ?? Infinity);
  return {
    rows: idle,
    idlePerSecond: {
      transactions: perSecond(after.transactions - before.transactions),
      rowsRead: perSecond(after.rowsRead - before.rowsRead),
      pagesRead: perSecond(after.pagesRead - before.pagesRead),
      workerCpuMs: perSecond((spent.user + spent.system) / 1_000),
    },
    lagMs: { handled: lags.length, p50: at(0.5), p99: at(0.99), worst: at(1) },
    errors: errors.length,
  };
}

interface Clones {
  prefix: string;
  count: number;
  at: string;
}

async function clone(server: PostgresServer, schema: string, { prefix, count, at }: Clones): Promise<void> {
  const changed = `jsonb_build_object('id', '${prefix}-' || n, 'name', '${prefix}-' || n, 'next_action_at', ${at})`;
  await server.query(`INSERT INTO ${schema}.instances SELECT new.* FROM ${schema}.instances AS old,
    generate_series(1, ${count}) AS n, jsonb_populate_record(old, ${changed}) AS new WHERE old.id = 'mf-0'`);
}

async function workOf(server: PostgresServer) {
  // What a connection has done is counted a second later, or at its end.
  await systemClock.sleep(1_200);
  const [found] =
    await server.query(`SELECT xact_commit::float AS transactions, tup_returned::float AS "rowsRead",
    (blks_hit + blks_read)::float AS "pagesRead" FROM pg_stat_database WHERE datname = current_database()`);
  return found as { transactions: number; rowsRead: number; pagesRead: number };
}
