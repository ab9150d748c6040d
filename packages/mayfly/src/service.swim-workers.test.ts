import { test } from "node:test";
import { postgresOrSkip } from "./testing/postgres-server.ts";
import { processScene } from "./testing/process-scene.ts";
import { redisOrSkip } from "./testing/redis-server.ts";
import { swimWorkers } from "./testing/swim-workers.ts";

const [redis, postgres] = [redisOrSkip(), postgresOrSkip()];
const skip = "skip" in redis ? redis.skip : "skip" in postgres ? postgres.skip : false;
const SEED = Number(process.env["MAYFLY_SEED"] ?? 1);

test(
  "two services take SWIM's orders in turn: whoever takes them is killed, and no order is lost and none is doubled",
  { skip, timeout: 180_000 },
  async (t) => {
    if ("skip" in redis || "skip" in postgres) return;
    t.diagnostic(`seed ${SEED}; again: MAYFLY_SEED=${SEED} npm test -- ${import.meta.filename}`);
    const options = { seed: SEED, good: 12, bad: 5, kills: 2, longestTurnMs: 40, redisRestartsIn: [2] };
    const report = await swimWorkers(processScene(t), t, {
      ...options,
      redis: redis.program,
      postgres: postgres.bin,
    });
    t.diagnostic(JSON.stringify(report));
  },
);
