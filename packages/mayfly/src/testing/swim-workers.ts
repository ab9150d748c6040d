import assert from "node:assert/strict";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { eventually } from "./eventually.ts";
import { machinesOf, nothingIsLeft } from "./load.ts";
import type { PostgresServer } from "./postgres-server.ts";
import { startPostgres } from "./postgres-server.ts";
import type { ProcessScene } from "./process-scene.ts";
import { seededRandom } from "./seeded-random.ts";
import type { ServiceProcess } from "./service-process.ts";
import { spread } from "./spread.ts";
import type { Spread } from "./spread.ts";
import { expectDead, expectEmptyQueues, expectEveryOrderIsOne, expectTold } from "./swim-judgement.ts";
import { mixedOrders, swimStage } from "./swim-stage.ts";
import type { SwimStage } from "./swim-stage.ts";

export interface SwimWorkersOptions {
  seed: number;
  /** Programs: Redis, and where those of PostgreSQL are. */
  redis: string;
  postgres: string;
  good: number;
  bad: number;
  /** Of the one whose turn it is to take orders. */
  kills: number;
  /** After those: so often it stands still until the other has its turn, and goes on. @default 0 */
  stops?: number;
  /** How long a turn goes on at most behind its first order, in milliseconds. A create that its end cuts off takes 30 s more. */
  longestTurnMs: number;
  /** In these turns, from 0; the last, which nobody ends, is that after all kills and stops. */
  redisRestartsIn: readonly number[];
  /** Of each call to the cloud. @default 0 */
  latencyMs?: number;
  /** Without it they are left running; with it they end by their time to live. */
  ttlMinutes?: number;
}

export interface SwimWorkersReport {
  kills: number;
  stops: number;
  redisRestarts: number;
  /** How often it was killed, or stood still, while an order lay in the list of what is taken. */
  cutWhileTaken: number;
  /** From then until it was the turn of another process. */
  handoverMs: Spread;
}

const WORKERS = 2;
const QUEUE = "swim:provision:queue";
const QUIET_WITHIN_MS = 240_000;
/** Five seconds, two until the other asks again; the rest is for slow machines. */
const HANDED_OVER_WITHIN_MS = 60_000;
const REDIS_DOWN_MS = 300;

/**
 * Orders for two services on one PostgreSQL and one Redis, while the one that takes them is killed again and again, or
 * stands still, and Redis is restarted. Throws an assertion when an order is lost or doubled, or anything else is wrong.
 */
export async function swimWorkers(
  scene: ProcessScene,
  t: { after(clean: () => Promise<void>): void },
  options: SwimWorkersOptions,
): Promise<SwimWorkersReport> {
  const { seed, kills, stops = 0, longestTurnMs, redisRestartsIn, latencyMs = 0, ttlMinutes } = options;
  const random = seededRandom(seed);
  const postgres = await startPostgres(options.postgres);
  t.after(() => postgres.stop());
  const stage = await swimStage(scene, t, options.redis);
  const { cloud, redis, app, push } = stage;
  if (latencyMs > 0) await cloud.fault({ match: {}, effect: { kind: "latency", ms: latencyMs } });
  const start = (index: number) =>
    stage.start({ home: join(scene.home, `w${index}`), env: { MAYFLY_DATABASE: postgres.url } });
  const crew = await Promise.all(Array.from({ length: WORKERS }, (_, index) => start(index)));
  await Promise.all(crew.map((worker) => worker.answers()));
  const { good, bad, inTurn: left } = mixedOrders({ ...options, refused: 0, ttlMinutes: ttlMinutes ?? 60 });

  // 1. Every turn gets some orders, and ends at any moment of them. The last turn is for the rest.
  const turns = kills + stops;
  const handovers: number[] = [];
  let [pushed, shares, cutWhileTaken] = [0, 0, 0];
  const order = async () => {
    const waiting = await app.lLen(QUEUE);
    const orders = left.splice(0, Math.ceil(left.length / (turns + 1 - shares++)));
    for (const payload of orders) await push(pushed++, payload);
    return { someAreTaken: () => fewerWait(app, waiting + orders.length) };
  };
  for (let turn = 0; turn < turns; turn++) {
    // They wait for whoever is next, or come while he takes.
    const early = turn % 2 === 1 ? await order() : undefined;
    const index = await whoseTurn(postgres, crew);
    const worker = crew[index]!;
    const { someAreTaken } = early ?? (await order());
    await someAreTaken();
    await sleep(random.below(longestTurnMs));
    if (redisRestartsIn.includes(turn)) {
      await redis.restart({ downMs: REDIS_DOWN_MS });
      await sleep(random.below(longestTurnMs));
    }
    const endedAt = performance.now();
    if (turn < kills) {
      await worker.kill();
      const how = await worker.ended;
      assert.deepEqual(how, { code: null, signal: "SIGKILL" }, `it ended by itself: ${worker.err()}`);
    } else worker.signal("SIGSTOP");
    if ((await app.keys("swim:*:taken:*")).length > 0) cutWhileTaken += 1;
    if (turn < kills) crew[index] = await start(index);
    await whoseTurn(
      postgres,
      crew.filter(({ pid }) => pid !== worker.pid),
    );
    handovers.push(performance.now() - endedAt);
    if (turn >= kills) worker.signal("SIGCONT");
  }
  const { someAreTaken } = await order();
  assert.equal(left.length, 0);
  await someAreTaken();
  if (redisRestartsIn.includes(turns)) await redis.restart({ downMs: REDIS_DOWN_MS });
  await Promise.all(crew.map((worker) => worker.answers()));

  // 2. All is as it would be had nothing happened.
  const told = ttlMinutes === undefined ? "running" : "deleted";
  const bound = { boundMs: QUIET_WITHIN_MS + (ttlMinutes ?? 0) * 60_000, everyMs: 500 };
  await eventually(() => expectEveryOrderIsOne(crew[0]!, stage, good.length, told), bound);
  await expectDead(stage, bad);
  await expectEmptyQueues(stage);
  await eventually(() => expectTold(stage, good, told), bound);
  const machines = await machinesOf(cloud, good.length);
  if (ttlMinutes !== undefined) {
    await nothingIsLeft(cloud);
    for (const { name, deletedAt } of machines) {
      const { deletion_at } = (await stage.stateOf(name))!;
      assert.ok(Date.parse(deletedAt!) >= Date.parse(deletion_at), `${name} ended early`);
    }
  }
  return {
    kills,
    stops,
    redisRestarts: redisRestartsIn.length,
    cutWhileTaken,
    handoverMs: spread(handovers),
  };
}

/** Which of them takes the orders now, by what the database says. */
function whoseTurn(postgres: PostgresServer, crew: readonly ServiceProcess[]): Promise<number> {
  return eventually(
    async () => {
      const [held] = await postgres.query(
        "SELECT token FROM mayfly.duties WHERE name = 'swim' AND held_until > extract(epoch FROM clock_timestamp()) * 1000",
      );
      // Its host, its process, and what nobody else has.
      const pid = Number(String(held?.["token"]).split(" ").at(-2));
      const index = crew.findIndex((worker) => worker.pid === pid);
      assert.notEqual(index, -1, `it is the turn of ${String(held?.["token"] ?? "nobody")}`);
      return index;
    },
    { boundMs: HANDED_OVER_WITHIN_MS, everyMs: 50 },
  );
}

async function fewerWait(app: SwimStage["app"], than: number): Promise<void> {
  await eventually(async () => assert.ok((await app.lLen(QUEUE)) < than, "no order is taken"), {
    boundMs: HANDED_OVER_WITHIN_MS,
    everyMs: 10,
  });
}
