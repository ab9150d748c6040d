import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import type { InstanceView } from "../api/instance-view.ts";
import { allEvents } from "./all-events.ts";
import { askUntilAnswered } from "./ask-until-answered.ts";
import { endsOf } from "./ends-of.ts";
import { eventually } from "./eventually.ts";
import { lessAway } from "./less-away.ts";
import type { Span } from "./less-away.ts";
import { nothingIsLeft } from "./load.ts";
import { startPostgres } from "./postgres-server.ts";
import type { ProcessScene } from "./process-scene.ts";
import { endedEarly } from "./punctuality.ts";
import { watchRecovery } from "./recovery-watch.ts";
import { seededRandom } from "./seeded-random.ts";
import type { ServiceProcess } from "./service-process.ts";
import { instanceIn } from "./somebody-elses.ts";
import { spread } from "./spread.ts";
import type { Spread } from "./spread.ts";
import { workerHome } from "./worker-home.ts";

export interface WorkerKillOptions {
  seed: number;
  workers: number;
  instances: number;
  /** Over how long they are asked for. */
  overMs: number;
  /** Each lives between one and three times as long, unless it is deleted; some are extended by as much. */
  lifeS: number;
  /** Of the account. @default 20 */
  callsPerSecond?: number;
  kills: number;
  /** At least so long from one to the next; always somebody is left to take over. */
  killEveryMs: number;
  /** When PostgreSQL is killed and comes up again a second later. */
  restartsAtMs: readonly number[];
  /** When all its connections are cut, and for how long it takes no new ones. */
  cut?: { atMs: number; forMs: number };
}

export interface WorkerKillReport {
  instances: number;
  kills: number;
  postgresRestarts: number;
  /** From the deadline until the call that ends the machine reached the cloud. */
  endLagMs: SpreadOfAll;
  /** From a kill until each row that the dead worker held was another's. */
  recoveryMs: SpreadOfAll;
  /** From the kill of the one that looked at the cloud until another did. */
  handoverMs: SpreadOfAll;
  /** From the last end that was asked for until nothing was left. */
  goneMs: number;
}

/** As it was, and not counting the time that PostgreSQL was away. */
type SpreadOfAll = Spread & { lessAway: Spread };

const QUIET_WITHIN_MS = 300_000;
const UP_WITHIN_MS = 60_000;
const RESTART_MS = 1_000;

/**
 * Several workers on one PostgreSQL, killed one after the other and started again, while instances come and go and the
 * database goes away too. Throws an assertion when anything is not as it was promised.
 */
export async function workerKills(
  scene: ProcessScene,
  t: { after(clean: () => Promise<void>): void },
  bin: string,
  options: WorkerKillOptions,
): Promise<WorkerKillReport> {
  const { seed, workers, instances, overMs, lifeS, callsPerSecond } = options;
  const { kills, killEveryMs, restartsAtMs, cut } = options;
  const random = seededRandom(seed);
  const postgres = await startPostgres(bin);
  t.after(() => postgres.stop());
  const cloud = await scene.startCloud({ seed });
  const gate = await scene.openGate(cloud);
  const env = { ...gate.env, MAYFLY_DATABASE: postgres.url };
  const account = callsPerSecond === undefined ? {} : { callsPerSecond };
  const start = (index: number) => {
    return scene.startService({ env, home: workerHome(scene.home, index, account) });
  };
  const crew: ServiceProcess[] = await Promise.all(
    Array.from({ length: workers }, (_, index) => start(index)),
  );
  await Promise.all(crew.map((worker) => worker.answers()));
  const leave = new AbortController();
  t.after(async () => leave.abort());
  /** As systemd does: one that finds no database when it starts ends, and is started again. */
  const rise = async (index: number) => {
    for (const until = Date.now() + UP_WITHIN_MS; ;)
      try {
        return await crew[index]!.answers();
      } catch (error) {
        if (Date.now() > until) throw error;
        await sleep(RESTART_MS);
        crew[index] = await start(index);
      }
  };
  const rising = new Map<number, Promise<void>>();
  const isUp = (index: number) => {
    const risen = rising.get(index) ?? rise(index).finally(() => rising.delete(index));
    rising.set(index, risen);
    return risen;
  };

  // 1. Users, each of whom asks whoever answers.
  const anyOf = <T>(ask: (client: ServiceProcess["client"]) => Promise<T>) =>
    askUntilAnswered(() => ask(crew[random.below(workers)]!.client), leave.signal);
  const user = async (index: number) => {
    await sleep((index * overMs) / instances, undefined, { signal: leave.signal });
    const input = {
      name: `lab-${index}`,
      lifetime: `${lifeS + random.below(2 * lifeS)}s`,
      maxLifetime: "10m",
    };
    const { id } = await anyOf((client) => client.create(input, { idempotencyKey: input.name }));
    await sleep(random.below(lifeS * 750), undefined, { signal: leave.signal });
    if (index % 3 === 0) await anyOf((client) => client.delete(id));
    if (index % 3 === 1) await extended(id);
    return id;
  };
  const extended = async (id: string) => {
    const row = await anyOf((client) => client.get(id));
    if (row.desired !== "running") return;
    const expiresAt = new Date(Date.parse(row.expiresAt) + lifeS * 1_000).toISOString();
    await anyOf((client) => client.extend(id, { expiresAt, ifExpiresAt: row.expiresAt }).catch(tooLate));
  };
  const users = Promise.all(Array.from({ length: instances }, (_, index) => user(index)));
  users.catch(() => undefined);

  // 2. Deaths of workers, and of the database.
  const outages: Span[] = [];
  const outage = async (atMs: number, work: () => Promise<void>) => {
    await sleep(atMs, undefined, { signal: leave.signal });
    const away = { from: Date.now(), to: Infinity };
    outages.push(away);
    await work();
    away.to = Date.now();
  };
  const trouble = Promise.all([
    ...restartsAtMs.map((atMs) => outage(atMs, () => postgres.restart({ downMs: 1_000 }))),
    ...(cut ? [outage(cut.atMs, () => postgres.cutConnections({ downMs: cut.forMs }))] : []),
  ]);
  const recovery = watchRecovery(postgres, leave.signal);
  for (let killed = 0; killed < kills; killed++) {
    await sleep(killEveryMs);
    const index = killed % workers;
    const others = crew.flatMap((_, other) => (other === index ? [] : [isUp(other)]));
    await Promise.any(others);
    await rising.get(index);
    const worker = crew[index]!;
    const held = await recovery.about(worker.pid);
    await worker.kill();
    recovery.died(held);
    crew[index] = await start(index);
  }
  await trouble;
  await Promise.all(crew.map((_, index) => isUp(index)));

  // 3. All that was asked for is gone, and nothing else came.
  const ids = await users;
  assert.equal(new Set(ids).size, instances, "some requests became one");
  let askedLast = 0;
  const client = crew[0]!.client;
  await eventually(
    async () => {
      const rows = await allRows(client.list);
      const open = rows.filter(({ phase }) => phase !== "deleted");
      askedLast = Math.max(...rows.map(({ expiresAt }) => Date.parse(expiresAt)));
      assert.deepEqual(
        open.map(({ id, phase, reason }) => ({ id, phase, reason })),
        [],
      );
      for (const id of ids)
        assert.ok(
          rows.some((row) => row.id === id),
          `${id} was forgotten`,
        );
    },
    { boundMs: QUIET_WITHIN_MS, everyMs: 1_000 },
  );
  const goneMs = Date.now() - askedLast;
  leave.abort();
  await nothingIsLeft(cloud);

  // 4. What was meanwhile.
  const machines = (await cloud.history()).filter(({ kind }) => kind === "machine");
  for (const [id, those] of Map.groupBy(machines, ({ tags }) => instanceIn(tags)))
    for (const [at, machine] of those.entries())
      for (const other of those.slice(at + 1))
        assert.ok(
          other.createdAt >= (machine.deletedAt ?? "never") ||
            machine.createdAt >= (other.deletedAt ?? "never"),
          `two machines at once for ${id}`,
        );
  const witnesses = { machines, events: await allEvents(client), passed: gate.passed() };
  assert.deepEqual(endedEarly(witnesses), []);
  const ends = endsOf(witnesses).flatMap(({ asked, end, machine }) =>
    asked?.by === "deadline" && Date.parse(machine.createdAt) <= asked.at
      ? [{ from: asked.at, to: end }]
      : [],
  );
  const spreadOf = (spans: readonly Span[]) => ({
    ...spread(spans.map(({ from, to }) => to - from)),
    lessAway: spread(lessAway(spans, outages)),
  });
  return {
    instances,
    kills,
    postgresRestarts: restartsAtMs.length,
    endLagMs: spreadOf(ends),
    recoveryMs: spreadOf(recovery.rows()),
    handoverMs: spreadOf(recovery.duties()),
    goneMs,
  };
}

/** Its deadline came first. */
function tooLate(error: unknown): undefined {
  if (error instanceof Error && "document" in error) {
    const { status } = error.document as { status: number };
    if (status === 409 || status === 422) return undefined;
  }
  throw error;
}

async function allRows(list: ServiceProcess["client"]["list"]): Promise<InstanceView[]> {
  const rows: InstanceView[] = [];
  let cursor: string | undefined;
  do {
    const page = await list({ all: true, limit: 500, ...(cursor !== undefined && { cursor }) });
    rows.push(...page.instances);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return rows;
}
