// npm run test:long: what takes too long for `npm test`, all at the same time. The last line is one of JSON; what was
// promised and did not hold is in its `violations`, and the exit code is 1.
import assert from "node:assert/strict";
import { parseArgs } from "node:util";
import { awsKills } from "./aws-kills.ts";
import { killLoop } from "./kill-loop.ts";
import type { KillReport } from "./kill-loop.ts";
import { load } from "./load.ts";
import { postgresOrSkip, startPostgres } from "./postgres-server.ts";
import { processScene } from "./process-scene.ts";
import type { ProcessScene } from "./process-scene.ts";
import { redisOrSkip } from "./redis-server.ts";
import { openSimPlace } from "./open-sim-place.ts";
import { soak } from "./soak.ts";
import { startDemo } from "./start-demo.ts";
import { swimKills } from "./swim-kills.ts";
import { swimRun } from "./swim-run.ts";
import { swimWorkers } from "./swim-workers.ts";
import { workerKills } from "./worker-kills.ts";
import { worldsOn } from "./worlds-on.ts";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "10" },
    instances: { type: "string", default: "1000" },
    from: { type: "string", default: "1" },
  },
});
const [minutes, instances, from] = [values.minutes, values.instances, values.from].map(Number) as [
  number,
  number,
  number,
];
/** What a kill loop takes at most when all is well; on PostgreSQL a dead worker's rows are its own for five seconds. */
const KILLS_TAKE_MS = 100_000;
const KILLS_ON_POSTGRES_TAKE_MS = 200_000;

const began = performance.now();
const violations: string[] = [];
const leave = new AbortController();

/** On a scene of its own, which is cleared whatever comes of it. */
async function part<T>(
  name: string,
  play: (scene: ProcessScene, t: { after(clean: () => Promise<void>): void }) => Promise<T>,
): Promise<T | undefined> {
  const cleans: (() => Promise<void>)[] = [];
  const t = { after: (clean: () => Promise<void>) => void cleans.push(clean) };
  try {
    const report = await play(processScene(t), t);
    console.error(`${name}: ${JSON.stringify(report)}`);
    return report;
  } catch (error) {
    violations.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    console.error(`${name} FAILED: ${error instanceof Error ? error.stack : String(error)}`);
    return undefined;
  } finally {
    for (const clean of cleans) await clean();
  }
}

async function kills() {
  const reports = [];
  const until = began + minutes * 60_000 - KILLS_TAKE_MS;
  for (let seed = from; seed === from || performance.now() < until; seed++)
    reports.push(
      await part(`kills, seed ${seed}`, (scene) => killLoop(scene, { seed, signal: leave.signal })),
    );
  return summary(reports);
}

/** The same, where the rows are in PostgreSQL; each on a server of its own. */
async function killsOnPostgres() {
  const found = postgresOrSkip();
  if ("skip" in found) return found;
  const reports = [];
  const until = began + minutes * 60_000 - KILLS_ON_POSTGRES_TAKE_MS;
  for (let seed = from; seed === from || performance.now() < until; seed++)
    reports.push(
      await part(`kills on postgres, seed ${seed}`, async (scene, t) => {
        const postgres = await startPostgres(found.bin);
        t.after(() => postgres.stop());
        return killLoop(scene, { seed, signal: leave.signal, postgres });
      }),
    );
  return summary(reports);
}

function summary(reports: readonly (KillReport | undefined)[]) {
  const done = reports.filter((report) => report !== undefined);
  const worst = (of: "expiryLagMs" | "answerMs" | "firstOverdueMs") => ({
    count: done.reduce((count, report) => count + report[of].count, 0),
    worst: Math.max(0, ...done.map((report) => report[of].worst)),
  });
  return {
    seeds: reports.length,
    kills: done.reduce((count, report) => count + report.kills, 0),
    expiryLagMs: worst("expiryLagMs"),
    answerMs: worst("answerMs"),
    firstOverdueMs: worst("firstOverdueMs"),
  };
}

/** One after the other, on one more Redis each. */
async function swim() {
  const redis = redisOrSkip();
  if ("skip" in redis) return redis;
  const calm = { good: 20, bad: 0, refused: 0, everyMs: 500 };
  const inTurn = await part("swim, in turn", (scene, t) => swimRun(scene, t, redis.program, calm));
  const orders = { good: 150, bad: 44, refused: 6 };
  const followed = await part("swim", (scene, t) => swimRun(scene, t, redis.program, orders));
  const cut = { seed: from, good: 150, bad: 50, kills: 20, ttlMinutes: 4 };
  const kept = await part("swim, killed", (scene, t) => swimKills(scene, t, redis.program, cut));
  return { inTurn, followed, kept };
}

/** Four workers on one PostgreSQL, one killed every three seconds for three minutes, and the database three times away. */
async function manyWorkers() {
  const found = postgresOrSkip();
  if ("skip" in found) return found;
  return part("workers", (scene, t) =>
    workerKills(scene, t, found.bin, {
      seed: from,
      workers: 4,
      instances: 500,
      overMs: 150_000,
      lifeS: 30,
      callsPerSecond: 100,
      kills: 60,
      killEveryMs: 3_000,
      restartsAtMs: [50_000, 130_000],
      cut: { atMs: 85_000, forMs: 20_000 },
    }),
  );
}

/** Two services on one PostgreSQL and one Redis. */
async function swimInTurn() {
  const [redis, postgres] = [redisOrSkip(), postgresOrSkip()];
  if ("skip" in redis) return redis;
  if ("skip" in postgres) return postgres;
  const programs = { redis: redis.program, postgres: postgres.bin };
  const orders = { seed: from, good: 200, bad: 60, latencyMs: 50, ttlMinutes: 3 };
  const deaths = { kills: 20, stops: 4, longestTurnMs: 500, redisRestartsIn: [7, 14, 24] };
  return part("swim, two services", (scene, t) =>
    swimWorkers(scene, t, { ...programs, ...orders, ...deaths }),
  );
}

/** One after the other: both are busy with PostgreSQL, and with waiting for the dead. */
async function onPostgres() {
  return { swim: await swimInTurn(), kills: await killsOnPostgres() };
}

/** On one thread each: what waits for its deadlines meanwhile is not to wait for these. */
async function worlds() {
  const seeds = (count: number) => Array.from({ length: count }, (_, index) => from + index);
  const sqlite = await part("worlds on sqlite", () =>
    worldsOn(seeds(150), { threads: 1, place: { kind: "sqlite" } }),
  );
  const found = postgresOrSkip();
  if ("skip" in found) return { sqlite, postgres: found };
  const { place, close } = await openSimPlace("postgres");
  const postgres = await part("worlds on postgres", (_scene, t) => {
    t.after(close);
    return worldsOn(seeds(40), { threads: 1, place });
  });
  return { sqlite, postgres };
}

/** `npm start -- --once`, one instance from its create to gone. */
async function demo() {
  return part("demo", async (scene, t) => {
    const once = startDemo(scene, t, ["--once"]);
    const { code } = await once.ended;
    assert.equal(code, 0, once.err());
    assert.match(once.out(), /\nmachines 0 volumes 0 addresses 0\n$/);
    return { code };
  });
}

const [soaked, loaded, killed, swum, killedOnAws, crewed, likewise, simulated, demonstrated] =
  await Promise.all([
    part("soak", (scene) => soak(scene, { minutes })),
    part("load", (scene) =>
      load(scene, { instances, lifetimeS: Math.ceil(60 + instances / 4), overS: instances / 5 }),
    ),
    kills(),
    swim(),
    part("kills on aws", (_scene, t) => awsKills(t, leave.signal)),
    manyWorkers(),
    onPostgres(),
    worlds(),
    demo(),
  ]);
leave.abort();
const seconds = Math.round((performance.now() - began) / 1_000);
const reports = {
  soak: soaked,
  load: loaded,
  kills: killed,
  swim: swum,
  awsKills: killedOnAws,
  workers: crewed,
  onPostgres: likewise,
  worlds: simulated,
  demo: demonstrated,
};
console.log(JSON.stringify({ ...reports, violations, seconds }));
process.exitCode = violations.length === 0 ? 0 : 1;
