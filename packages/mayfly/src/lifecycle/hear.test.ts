import assert from "node:assert/strict";
import { test } from "node:test";
import { aRunningInstance, T0 } from "../testing/builders.ts";
import { hear } from "./hear.ts";
import type { Heard } from "./hear.ts";
import type { Ready } from "./instance.ts";
import { probePauseMs } from "./probe-pause.ts";

const waiting = aRunningInstance({
  spec: { ...aRunningInstance().spec, ready: "cloud-init" },
  phase: "provisioning",
  readyAt: undefined,
  awaiting: { since: T0, nextAt: T0 + 5_000 },
  reason: "its machine runs; waiting for cloud-init",
});
const failed: Heard = { kind: "failed", why: "cloud-init failed: it ended with errors", log: ["no"] };

test("ready is running from then on, and tells what is to be known", () => {
  const { row, event } = hear(waiting, { kind: "ready", note: "with warnings", log: ["W"] }, T0 + 9_000);
  assert.deepEqual(
    [row.phase, row.readyAt, row.awaiting, row.reason, row.bootLog],
    ["running", T0 + 9_000, undefined, "with warnings", ["W"]],
  );
  assert.deepEqual(event, { kind: "phase", reason: "with warnings" });
});

test("not yet is asked again, later the longer it lasts", () => {
  const { row, event } = hear(waiting, { kind: "not-yet", why: "nothing" }, T0 + 80_000);
  assert.deepEqual(row.awaiting, { since: T0, nextAt: T0 + 100_000, heard: "nothing" });
  assert.deepEqual([row.phase, event], ["provisioning", undefined]);
});

test("failed is given up, and its log is in no event", () => {
  const { row, event } = hear(waiting, failed, T0 + 9_000);
  assert.deepEqual([row.desired, row.phase, row.bootLog], ["gone", "deleting", ["no"]]);
  assert.deepEqual(event, { kind: "gave-up", reason: failed.kind === "failed" ? failed.why : "" });
});

for (const [what, row] of [
  ["is to be gone by now", { ...waiting, desired: "gone" }],
  ["was ready once", { ...waiting, readyAt: T0 }],
] as const)
  test(`an instance that ${what} is not changed by an answer that comes late`, () => {
    for (const heard of [failed, { kind: "ready" }, { kind: "not-yet", why: "no" }] as const)
      assert.equal(hear(row, heard, T0 + 9_000).row, row);
  });

test("pauses have bounds, whatever a clock says", () => {
  const pauses = (ready: Ready) => [-3_600_000, 0, 60_000, 3_600_000].map((ms) => probePauseMs(ready, ms));
  assert.deepEqual(pauses("ssh"), [1_000, 1_000, 6_000, 10_000]);
  assert.deepEqual(pauses("cloud-init"), [5_000, 5_000, 15_000, 30_000]);
});
