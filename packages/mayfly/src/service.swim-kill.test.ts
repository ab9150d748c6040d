import { test } from "node:test";
import { processScene } from "./testing/process-scene.ts";
import { redisOrSkip } from "./testing/redis-server.ts";
import { swimKills } from "./testing/swim-kills.ts";

const found = redisOrSkip();
const skip = "skip" in found ? found.skip : false;
const program = "program" in found ? found.program : "";
const SEED = Number(process.env["MAYFLY_SEED"] ?? 1);

test(
  "killed again and again, with Redis restarted twice, no order is lost and none is doubled",
  { skip, timeout: 300_000 },
  async (t) => {
    t.diagnostic(`seed ${SEED}; again: MAYFLY_SEED=${SEED} npm test -- ${import.meta.filename}`);
    const ends = "decommissioned" as const;
    const report = await swimKills(processScene(t), t, program, {
      seed: SEED,
      good: 24,
      bad: 10,
      kills: 9,
      ends,
    });
    t.diagnostic(JSON.stringify(report));
  },
);
