import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { eventually } from "./eventually.ts";
import { nothingIsLeft } from "./load.ts";
import type { ProcessScene } from "./process-scene.ts";
import { seededRandom } from "./seeded-random.ts";
import { expectDead, expectEmptyQueues, expectEveryOrderIsOne, expectTold } from "./swim-judgement.ts";
import { mixedOrders, swimStage } from "./swim-stage.ts";

export interface SwimKillOptions {
  seed: number;
  good: number;
  bad: number;
  kills: number;
  /** Without it they are left running; with it they end by their time to live. */
  ttlMinutes?: number;
}

export interface SwimKillReport {
  kills: number;
  redisRestarts: number;
  /** How often a service was killed while an order lay in its own list. */
  cutWhileTaken: number;
}

/** An unknown create is repeated 30 s later; what nobody claims is gone within three sweeps, a minute apart. */
const QUIET_WITHIN_MS = 240_000;
const LONGEST_LIFE_MS = 1_200;
const REDIS_DOWN_MS = 300;
const PASSING = { kind: "status", status: 503 } as const;

/** Orders, while the service is killed again and again and Redis is restarted twice. Throws an assertion else. */
export async function swimKills(
  scene: ProcessScene,
  t: { after(clean: () => Promise<void>): void },
  program: string,
  options: SwimKillOptions,
): Promise<SwimKillReport> {
  const { seed, kills, ttlMinutes } = options;
  const random = seededRandom(seed);
  const stage = await swimStage(scene, t, program);
  const { cloud, redis, app, push } = stage;
  const { good, bad, inTurn: left } = mixedOrders({ ...options, refused: 0, ttlMinutes: ttlMinutes ?? 60 });
  await cloud.fault({ match: {}, effect: { kind: "latency", ms: 50 } });
  // Passing trouble costs no machine.
  for (const operation of ["createServer", "serverAction", "listServers"])
    await cloud.fault({ match: { operation, afterCalls: 3 }, times: 2, effect: PASSING });

  // 1. Every life gets some orders, and ends at any moment of them.
  let pushed = 0;
  let cutWhileTaken = 0;
  const restartIn = [Math.floor(kills / 3), Math.floor((2 * kills) / 3)];
  const share = Math.ceil(left.length / kills);
  for (let life = 0; life < kills; life++) {
    const service = await stage.start();
    if (life % 4 !== 3) await service.answers();
    for (const payload of left.splice(0, share)) await push(pushed++, payload);
    await sleep(random.below(LONGEST_LIFE_MS) * (life % 2 === 0 ? 0.1 : 1));
    if (restartIn.includes(life)) {
      await redis.restart({ downMs: REDIS_DOWN_MS });
      await sleep(random.below(LONGEST_LIFE_MS));
    }
    await service.kill();
    const how = await service.ended;
    assert.deepEqual(how, { code: null, signal: "SIGKILL" }, `it ended by itself: ${service.err()}`);
    if ((await app.keys("swim:*:taken:*")).length > 0) cutWhileTaken += 1;
  }

  // 2. One that may finish.
  const told = ttlMinutes === undefined ? "running" : "deleted";
  const service = await stage.start();
  await service.answers();
  await eventually(() => expectEveryOrderIsOne(service, stage, good.length, told), {
    boundMs: QUIET_WITHIN_MS + (ttlMinutes ?? 0) * 60_000,
    everyMs: 500,
  });
  await expectDead(stage, bad);
  await expectEmptyQueues(stage);
  await eventually(() => expectTold(stage, good, told), { boundMs: QUIET_WITHIN_MS, everyMs: 500 });
  if (ttlMinutes !== undefined) await nothingIsLeft(cloud);
  return { kills, redisRestarts: restartIn.length, cutWhileTaken };
}
