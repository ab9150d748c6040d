import assert from "node:assert/strict";
import { test } from "node:test";
import { aRunningInstance, T0 } from "../testing/builders.ts";
import type { Cost, Price } from "./cost.ts";
import { costOf } from "./cost-of.ts";
import type { Instance } from "./instance.ts";
import { noCost } from "./metering.ts";

const HOUR_MS = 3_600_000;
const price: Price = { currency: "EUR", machine: 9_000, addresses: 4_000, volumes: 1_000 };
const running: Cost = {
  price,
  machine: { ms: 0, since: T0 },
  addresses: { ms: 0, since: T0 },
  volumes: { ms: 0, since: T0 },
};
const costing = (cost: Cost, with_: Partial<Instance> = {}) =>
  aRunningInstance({ expiresAt: T0 + 4 * HOUR_MS, cost, ...with_ });

test("what runs costs all its parts, up to now and to its deadline", () => {
  assert.deepEqual(costOf(costing(running), T0 + HOUR_MS), {
    currency: "EUR",
    pricesOf: undefined,
    perHour: 14_000,
    soFar: 14_000,
    atDeadline: 56_000,
    unpriced: [],
  });
});

test("what was asked for and is not there yet has cost nothing, and will have at its deadline", () => {
  const row = costing({ price, ...noCost() }, { phase: "pending" });
  const { perHour, soFar, atDeadline } = costOf(row, T0 + HOUR_MS)!;
  assert.deepEqual([perHour, soFar, atDeadline], [14_000, 0, 42_000]);
});

test("a stopped machine costs its volumes, until its deadline or the end of its retention", () => {
  const kept: Cost = {
    price,
    machine: { ms: HOUR_MS },
    addresses: { ms: HOUR_MS },
    volumes: { ms: 0, since: T0 },
  };
  const byHand = costOf(costing(kept, { desired: "stopped", phase: "stopped" }), T0 + 2 * HOUR_MS)!;
  assert.deepEqual([byHand.perHour, byHand.soFar, byHand.atDeadline], [1_000, 15_000, 17_000]);
  const retained = costing(kept, {
    desired: "stopped",
    phase: "stopped",
    retainUntil: T0 + 12 * HOUR_MS,
  });
  assert.equal(costOf(retained, T0 + 2 * HOUR_MS)!.atDeadline, 25_000);
});

test("what is gone has cost what it has cost", () => {
  const over: Cost = { price, ...noCost(), machine: { ms: HOUR_MS }, volumes: { ms: HOUR_MS } };
  const row = costing(over, { desired: "gone", phase: "deleted", endedAt: T0 + HOUR_MS });
  for (const now of [T0 + HOUR_MS, T0 + 100 * HOUR_MS]) {
    const { perHour, soFar, atDeadline } = costOf(row, now)!;
    assert.deepEqual([perHour, soFar, atDeadline], [0, 10_000, 10_000]);
  }
});

test("what has no price is named and in no figure, and what is free is not named", () => {
  const { volumes: _none, ...without } = price;
  const figures = costOf(costing({ ...running, price: { ...without, addresses: 0 } }), T0 + HOUR_MS)!;
  assert.deepEqual([figures.perHour, figures.soFar, figures.unpriced], [9_000, 9_000, ["volumes"]]);
});

test("of a row without a price nobody knows what it costs, nor of one from before", () => {
  assert.equal(costOf(costing(noCost()), T0), undefined);
  assert.equal(costOf(aRunningInstance(), T0), undefined);
});

test("figures are whole, and a clock that was set back takes nothing off", () => {
  const odd = costing({ ...running, machine: { ms: 1, since: T0 } });
  for (const now of [T0 - HOUR_MS, T0 + 1, T0 + 1_234_567]) {
    const { soFar, atDeadline } = costOf(odd, now)!;
    assert.ok(Number.isSafeInteger(soFar) && Number.isSafeInteger(atDeadline));
    assert.ok(soFar >= 0 && atDeadline >= soFar);
  }
});
