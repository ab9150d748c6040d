import assert from "node:assert/strict";
import { test } from "node:test";
import { postgresOrSkip } from "./testing/postgres-server.ts";
import { processScene } from "./testing/process-scene.ts";
import { workerKills } from "./testing/worker-kills.ts";

const found = postgresOrSkip();
const skip = "skip" in found ? found.skip : false;

test(
  "workers on one PostgreSQL are killed, and the database with them: nothing is lost, doubled, early or left",
  { skip, timeout: 180_000 },
  async (t) => {
    if ("skip" in found) return;
    const options = {
      seed: 1,
      workers: 2,
      instances: 16,
      overMs: 8_000,
      lifeS: 14,
      killEveryMs: 1_500,
      kills: 6,
    };
    const report = await workerKills(processScene(t), t, found.bin, {
      ...options,
      restartsAtMs: [7_000],
    });
    t.diagnostic(JSON.stringify(report));
    assert.ok(report.endLagMs.count >= 3, "hardly any came to its deadline");
  },
);
