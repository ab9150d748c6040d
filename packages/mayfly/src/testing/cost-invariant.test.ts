import assert from "node:assert/strict";
import { test } from "node:test";
import { anInstance, T0 } from "./builders.ts";
import { wrongCosts } from "./cost-invariant.ts";
import type { Deed } from "./promised.ts";
import type { SimThing } from "./sim-cloud.ts";

const HOUR_MS = 3_600_000;
const row = anInstance({
  phase: "deleted",
  desired: "gone",
  cost: {
    price: { currency: "EUR", machine: 9_000, addresses: 4_000, volumes: 1_000 },
    machine: { ms: HOUR_MS },
    addresses: { ms: 0 },
    volumes: { ms: 0 },
  },
});
const machine: SimThing = { id: "m-1", kind: "machine", madeFor: undefined, state: "alive", createdAt: T0 };
const judged = (deeds: Deed[]) =>
  wrongCosts(
    [row],
    { things: () => [machine], billed: () => new Map(), visibilityGapMs: 0 },
    { promised: { deeds }, steady: false, now: T0 + 2 * HOUR_MS },
  );

test("costs of an instance that never had a machine are wrong", () => {
  assert.deepEqual(judged([]), [`costs: ${row.id} never had a machine, and says 9000 millionths`]);
});

test("costs of an instance whose machine somebody else unmarked are not judged: the cloud bills it to nobody", () => {
  assert.deepEqual(judged([{ verb: "untag", madeFor: row.id }]), []);
});

test("what somebody else did to another instance's machine excuses nothing", () => {
  assert.equal(judged([{ verb: "untag", madeFor: "mf-000000000002" }]).length, 1);
});
