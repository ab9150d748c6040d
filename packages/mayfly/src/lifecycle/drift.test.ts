import assert from "node:assert/strict";
import { test } from "node:test";
import { aMachine, aRunningInstance, T0 } from "../testing/builders.ts";
import { decide } from "./decide.ts";
import type { Circumstances, Decision } from "./decision.ts";
import type { Instance } from "./instance.ts";
import type { Machine, Observed } from "./observed.ts";

const GAP = 30_000;
const at = (ms: number): Circumstances => ({
  now: T0 + ms,
  endNow: T0 + ms,
  visibilityGapMs: GAP,
  steadySince: -Infinity,
  canMark: true,
});
const HOUR = 3_600_000;
const sees = (machine: Partial<Machine>, lookedAt = 100_000): Observed => ({
  machine: { at: T0 + lookedAt, all: [aMachine({ expiresAt: T0 + HOUR, ...machine })] },
});
const runs = (with_: Partial<Instance> = {}) => aRunningInstance({ marked: T0 + HOUR, ...with_ });
const stopped = (with_: Partial<Instance> = {}) => runs({ desired: "stopped", phase: "stopped", ...with_ });

const corrected: [what: string, Instance, Observed, seen: RegExp, then: Decision["kind"]][] = [
  ["a machine stopped by hand", runs(), sees({ state: "stopped" }), /found stopped.*started again/, "start"],
  ["one halted by its guest", runs(), sees({ state: "halted" }), /found halted.*started again/, "start"],
  [
    "one stopped while its guest is awaited",
    runs({ phase: "provisioning", readyAt: undefined, awaiting: { since: T0, nextAt: T0 } }),
    sees({ state: "stopped" }),
    /started again/,
    "start",
  ],
  ["one started by hand", stopped(), sees({ state: "running" }), /found running.*stopped again/, "stop"],
  [
    "one started by hand after its deadline",
    stopped({ retainUntil: T0 + 2 * HOUR, reason: "its lifetime is over" }),
    sees({ state: "running" }),
    /stopped again/,
    "stop",
  ],
  [
    "a deadline changed in the mark",
    runs(),
    sees({ expiresAt: T0 + 9 * HOUR }),
    /has the deadline 2030-01-01T09:00:00Z in its mark: it is written anew/,
    "mark",
  ],
  ["a deadline taken out of the mark", runs(), sees({ expiresAt: undefined }), /has no deadline/, "mark"],
  ["an instance changed in the mark", runs(), sees({ instanceId: "mf-000000000009" }), /another/, "mark"],
];
for (const [what, row, observed, seen, then] of corrected)
  test(`${what} is told, and put right`, () => {
    const told = decide(row, observed, at(100_000));
    assert.ok(told.kind === "write" && told.event?.kind === "drift");
    assert.match(told.event.reason!, seen);
    assert.match(told.event.reason!, /^machine m-1 /);
    assert.deepEqual(told.row.lastDrift, { reason: told.event.reason, at: T0 + 100_000 });
    assert.equal(told.row.desired, row.desired);
    if (row.retainUntil !== undefined) assert.equal(told.row.reason, row.reason);
    assert.equal(decide(told.row, observed, at(100_000)).kind, then, "told once, then put right");
  });

const ours: [what: string, Instance, Observed, Decision["kind"]][] = [
  ["a start that was asked for", runs({ phase: "stopped" }), sees({ state: "stopped" }), "start"],
  ["a stop that was asked for", runs({ desired: "stopped", phase: "stopping" }), sees({}), "stop"],
  ["an extension that is not in the mark yet", runs({ expiresAt: T0 + 2 * HOUR }), sees({}), "mark"],
  ["a mark that no look has confirmed", runs({ marked: undefined }), sees({ expiresAt: T0 }), "mark"],
  ["a look that may show the time before our last call", runs(), sees({ state: "stopped" }, 29_000), "watch"],
  ["a mark in such a look", runs(), sees({ expiresAt: T0 }, 29_000), "watch"],
];
for (const [what, row, observed, then] of ours)
  test(`${what} is nobody's doing`, () => {
    assert.equal(decide(row, observed, at(100_000)).kind, then);
  });

test("what a wrong wall clock wrote puts nothing off", () => {
  const row = runs({ actedAt: T0 + HOUR });
  const told = decide(row, sees({ state: "stopped" }), at(100_000));
  assert.ok(told.kind === "write" && told.event?.kind === "drift");
});

test("a look that shows the mark right is remembered, once", () => {
  const row = runs({ marked: undefined });
  const seen = decide(row, sees({}), at(100_000));
  assert.ok(seen.kind === "write" && seen.event === undefined);
  assert.equal(seen.row.marked, T0 + HOUR);
  assert.equal(decide(seen.row, sees({}), at(100_000)).kind, "sleep");
});

test("where marks cannot be changed, a changed one is accepted", () => {
  const decision = decide(runs(), sees({ expiresAt: T0 }), { ...at(100_000), canMark: false });
  assert.equal(decision.kind, "sleep");
});
