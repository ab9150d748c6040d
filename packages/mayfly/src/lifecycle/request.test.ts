import assert from "node:assert/strict";
import { test } from "node:test";
import { aRunningInstance, anInstance, T0 } from "../testing/builders.ts";
import { extend, remove, start, stop } from "./request.ts";
import type { Answer } from "./request.ts";

const HOUR = 3_600_000;
const row = (answer: Answer) => (assert.ok(typeof answer !== "string", String(answer)), answer.row);

test("an extend sets the deadline, and its repeat changes nothing", () => {
  const to = { expiresAt: T0 + 2 * HOUR, ifExpiresAt: T0 + HOUR };
  const extended = row(extend(aRunningInstance(), to, T0));
  assert.equal(extended.expiresAt, T0 + 2 * HOUR);
  assert.equal(row(extend(extended, to, T0)), extended);
});

test("of two extends computed from the same deadline the second is refused", () => {
  const extended = row(extend(aRunningInstance(), { expiresAt: T0 + 2 * HOUR, ifExpiresAt: T0 + HOUR }, T0));
  assert.match(
    extend(extended, { expiresAt: T0 + 3 * HOUR, ifExpiresAt: T0 + HOUR }, T0) as string,
    /has moved/,
  );
});

test("an extend beyond the maximum lifetime is refused and says how far it may go", () => {
  assert.match(
    extend(aRunningInstance(), { expiresAt: T0 + 400 * 24 * HOUR }, T0) as string,
    /until 2030-01-08T00:00:00Z at most \(7d after/,
  );
});

test("what is being deleted can be neither extended, started nor stopped", () => {
  const ending = aRunningInstance({ desired: "gone", phase: "deleting", reason: "its lifetime is over" });
  assert.match(
    extend(ending, { expiresAt: T0 + 2 * HOUR }, T0) as string,
    /being deleted cannot be extended/,
  );
  assert.equal(typeof start(ending, T0), "string");
  assert.equal(typeof stop(ending, T0), "string");
  assert.equal(row(remove(ending, T0)), ending);
});

test("an instance stopped by its deadline starts again when that moves ahead", () => {
  const stopped = aRunningInstance({
    desired: "stopped",
    phase: "stopped",
    expiresAt: T0,
    retainUntil: T0 + HOUR,
  });
  const revived = row(extend(stopped, { expiresAt: T0 + HOUR }, T0 + 1));
  assert.equal(revived.desired, "running");
  assert.equal(revived.retainUntil, undefined);
});

test("an instance stopped by its user stays stopped when its deadline moves", () => {
  const stopped = aRunningInstance({ desired: "stopped", phase: "stopped" });
  assert.equal(row(extend(stopped, { expiresAt: T0 + 2 * HOUR }, T0)).desired, "stopped");
});

test("a deadline never comes nearer", () => {
  assert.match(extend(aRunningInstance(), { expiresAt: T0 + 60_000 }, T0) as string, /only moves ahead/);
});

test("what never ran is deleted, not stopped", () => {
  assert.match(stop(anInstance(), T0) as string, /not ready yet/);
});

test("an instance whose lifetime is over is extended, not started", () => {
  const stopped = aRunningInstance({
    desired: "stopped",
    phase: "stopped",
    expiresAt: T0,
    retainUntil: T0 + HOUR,
  });
  assert.match(start(stopped, T0 + 1) as string, /extend it/);
});

test("what was seen before it was to run again counts no more", () => {
  const stopping = aRunningInstance({ desired: "stopped", phase: "stopping", actedAt: T0 });
  assert.equal(row(start(stopping, T0 + 5)).actedAt, T0 + 5);
  const over = { ...stopping, retainUntil: T0 + HOUR };
  assert.equal(row(extend(over, { expiresAt: T0 + 2 * HOUR }, T0 + 5)).actedAt, T0 + 5);
  assert.equal(row(extend(stopping, { expiresAt: T0 + 2 * HOUR }, T0 + 5)).actedAt, T0);
});
