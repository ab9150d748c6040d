import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./testing/load.ts";
import { processScene } from "./testing/process-scene.ts";

/** Only a leak takes so long: a thousand are asked for by `npm run test:long`, and measured. */
const LATE_MS = 60_000;

test(
  "sixty instances at once on one process all come up, and all are ended at their deadlines",
  { timeout: 300_000 },
  async (t) => {
    const report = await load(processScene(t), { instances: 60, lifetimeS: 40, overS: 8 });
    t.diagnostic(JSON.stringify(report));
    assert.ok(report.expiryLagMs.worst < LATE_MS);
  },
);
