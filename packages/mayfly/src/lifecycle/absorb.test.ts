import assert from "node:assert/strict";
import { test } from "node:test";
import { aMachine, anInstance, aRunningInstance, T0 } from "../testing/builders.ts";
import { absorb, ownMachine } from "./absorb.ts";
import type { Machine, Observed } from "./observed.ts";

const shown = (...all: Machine[]): Observed => ({ machine: { at: T0, all } });

test("all that hangs on a machine comes into the row with its id", () => {
  const machine = aMachine({ addresses: ["a-1"], nics: ["n-1"] });
  for (const desired of ["running", "gone"] as const) {
    const { footprint } = absorb(anInstance({ desired }), shown(machine))!;
    const { zone: _zone, version: _version, ...ids } = footprint;
    const volumes = [{ id: "v-1", kind: "sbs_volume" }];
    assert.deepEqual(ids, { machine: "m-1", volumes, addresses: ["a-1"], nics: ["n-1"] });
  }
});

test("a stopped machine's addresses are those that it still has; one that starts has not lost them", () => {
  const row = aRunningInstance({ ips: ["192.0.2.1"] });
  assert.deepEqual(absorb(row, shown(aMachine({ state: "stopped" })))?.ips, []);
  assert.deepEqual(absorb(row, shown(aMachine({ state: "stopped", ips: ["2001:db8::1"] })))?.ips, [
    "2001:db8::1",
  ]);
  assert.equal(absorb(row, shown(aMachine({ state: "starting" }))), undefined);
});

test("of two machines marked for an instance the oldest is its own, however they are listed", () => {
  const [first, second] = [aMachine(), aMachine({ id: "m-0", createdAt: T0 + 1 })];
  for (const all of [
    [first, second],
    [second, first],
  ])
    assert.equal(ownMachine(anInstance(), shown(...all))?.id, "m-1");
});
