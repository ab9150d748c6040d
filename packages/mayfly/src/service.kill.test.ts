import assert from "node:assert/strict";
import { test } from "node:test";
import { killLoop } from "./testing/kill-loop.ts";
import { processScene } from "./testing/process-scene.ts";

const SEED = Number(process.env["MAYFLY_SEED"] ?? 1);
/** Only a leak takes so long. */
const LATE_MS = 60_000;

test(
  "killed 20 times at moments from a printed seed, every instance ends in its right state and the cloud holds nothing unclaimed",
  { timeout: 400_000 },
  async (t) => {
    t.diagnostic(`seed ${SEED}; again: MAYFLY_SEED=${SEED} npm test -- ${import.meta.filename}`);
    const leave = new AbortController();
    t.after(() => leave.abort());
    const { cut, ...figures } = await killLoop(processScene(t), { seed: SEED, signal: leave.signal });
    t.diagnostic(
      `kills cut off ${cut.creates} creates (${cut.unknown} of them so that nobody knew of a machine) and ${cut.deletes} deletes`,
    );
    t.diagnostic(`how punctual it was: ${JSON.stringify(figures)}`);
    assert.ok(cut.creates >= 3 && cut.unknown > 0 && cut.deletes >= 3, "the kills missed the work");
    const { expiryLagMs, answerMs, firstOverdueMs } = figures;
    assert.ok(answerMs.count > 0, "no start was measured");
    assert.ok(firstOverdueMs.count >= 2, "too few deadlines found the service dead");
    assert.ok(expiryLagMs.count >= 2, "too few deadlines came while the service ran");
    for (const { worst } of [expiryLagMs, answerMs, firstOverdueMs]) assert.ok(worst < LATE_MS);
  },
);
