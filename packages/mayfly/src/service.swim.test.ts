import { describe, test } from "node:test";
import { processScene } from "./testing/process-scene.ts";
import { redisOrSkip } from "./testing/redis-server.ts";
import { swimKills } from "./testing/swim-kills.ts";
import { swimRun } from "./testing/swim-run.ts";

const found = redisOrSkip();
const skip = "skip" in found ? found.skip : false;
const program = "program" in found ? found.program : "";
const SEED = Number(process.env["MAYFLY_SEED"] ?? 1);

// At the same time: the shortest time to live is a minute.
describe("swim's service on a real redis", { skip, concurrency: 2 }, () => {
  test(
    "orders of a web app that knows nothing but Redis run, and are gone at their time to live; bad ones are dead with all their faults",
    { timeout: 300_000 },
    async (t) => {
      const report = await swimRun(processScene(t), t, program, { good: 24, bad: 10, refused: 2 });
      t.diagnostic(JSON.stringify(report));
    },
  );

  test(
    "killed again and again, with Redis restarted twice, no order is lost and none is doubled",
    { timeout: 300_000 },
    async (t) => {
      t.diagnostic(`seed ${SEED}; again: MAYFLY_SEED=${SEED} npm test -- ${import.meta.filename}`);
      const counts = { seed: SEED, good: 20, bad: 10, kills: 6 };
      t.diagnostic(JSON.stringify(await swimKills(processScene(t), t, program, counts)));
    },
  );
});
