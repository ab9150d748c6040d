import assert from "node:assert/strict";
import { test } from "node:test";
import { createVirtualClock } from "./testing/virtual-clock.ts";
import { readiness } from "./readiness.ts";

const store = { lastEvent: async () => 7 };
const isWorking = () => true;

test("a process that works and whose store answers is of use", async () => {
  const clock = createVirtualClock();
  assert.equal(await readiness({ store, clock, isWorking }), undefined);
  assert.equal(clock.nextAt(), undefined, "nothing is left waiting");
});

test("one that does not work, or whose store fails, says so", async () => {
  const clock = createVirtualClock();
  assert.match((await readiness({ store, clock, isWorking: () => false }))!, /does not work/);
  const failing = { lastEvent: () => Promise.reject(new Error("no such host")) };
  assert.equal(await readiness({ store: failing, clock, isWorking }), "no such host");
});

test("a store that hangs is not waited for", async () => {
  const clock = createVirtualClock();
  const asked = readiness({ store: { lastEvent: () => new Promise(() => {}) }, clock, isWorking });
  await clock.advance(2_000);
  assert.match((await asked)!, /did not answer within 2 s/);
});
