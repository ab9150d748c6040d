import assert from "node:assert/strict";
import { test } from "node:test";
import { noCost } from "../lifecycle/metering.ts";
import { aRunningInstance, T0 } from "../testing/builders.ts";
import { instanceView } from "./instance-view.ts";

const HOUR_MS = 3_600_000;
const on = { ms: 0, since: T0 };

test("what an instance costs goes out in whole millionths, as of now", () => {
  const price = { currency: "USD", pricesOf: "2025-12", machine: 5_800, addresses: 5_000 } as const;
  const row = aRunningInstance({
    expiresAt: T0 + 2 * HOUR_MS,
    cost: { ...noCost(), price, machine: on, addresses: on },
  });
  assert.deepEqual(instanceView(row, T0 + HOUR_MS / 2).cost, {
    currency: "USD",
    pricesOf: "2025-12",
    microsPerHour: 10_800,
    microsSoFar: 5_400,
    microsAtDeadline: 21_600,
    unpriced: ["volumes"],
  });
});

test("a cost that nobody knows is absent, and not nothing", () => {
  assert.equal(instanceView(aRunningInstance({ cost: noCost() }), T0).cost, undefined);
  assert.equal(instanceView(aRunningInstance(), T0).cost, undefined);
});
