import assert from "node:assert/strict";
import { test } from "node:test";
import { aMachine, aRunningInstance, anInstance, T0 } from "../testing/builders.ts";
import type { Instance } from "./instance.ts";
import type { Machine, Part } from "./observed.ts";
import { unclaimed } from "./unclaimed.ts";

const at = { now: T0 + 60_000, minAgeMs: 30_000 };
const living = (...rows: Instance[]) => ({
  byId: new Map(rows.map((row) => [row.id, row])),
  byCloudId: new Map(
    rows.flatMap((row) =>
      [
        row.footprint.machine,
        ...row.footprint.volumes.map(({ id }) => id),
        ...row.footprint.addresses,
      ].flatMap((id) => (id ? [[id, row] as const] : [])),
    ),
  ),
});
const keys = (machines: Machine[], parts: Part[], ...rows: Instance[]) =>
  unclaimed({ startedAt: T0, machines, parts }, living(...rows), at).map(({ key }) => key);
const anAddress = (with_: Partial<Part> = {}): Part => ({
  kind: "address",
  id: "a-1",
  zone: "fr-par-1",
  owner: "owner",
  instanceId: "mf-000000000001",
  idle: true,
  type: "routed_ipv6",
  createdAt: T0,
  ...with_,
});
const tried = { attempts: 1, attemptedAt: T0, uncertain: true };

test("a machine that its row names is claimed", () =>
  assert.deepEqual(keys([aMachine()], [], aRunningInstance()), []));
test("a machine without a row is not", () => assert.deepEqual(keys([aMachine()], []), ["machine/m-1"]));
test("a second machine of a live instance is not", () =>
  assert.deepEqual(keys([aMachine(), aMachine({ id: "m-2" })], [], aRunningInstance()), ["machine/m-2"]));
test("a create under way claims what carries its mark", () =>
  assert.deepEqual(keys([aMachine()], [anAddress()], anInstance({ launch: tried })), []));
test("a delete under way claims what carries its mark", () =>
  assert.deepEqual(
    keys([aMachine({ id: "m-2" })], [anAddress()], aRunningInstance({ desired: "gone" })),
    [],
  ));
test("what is young is left alone", () =>
  assert.deepEqual(keys([aMachine({ createdAt: T0 + 50_000 })], []), []));
test("an address that no footprint holds is not claimed by a running instance", () =>
  assert.deepEqual(keys([aMachine()], [anAddress()], aRunningInstance()), ["address/a-1"]));
test("an address on a claimed machine is claimed", () =>
  assert.deepEqual(keys([aMachine()], [anAddress({ attachedTo: "m-1" })], aRunningInstance()), []));
test("an address on an unclaimed machine goes with that machine", () =>
  assert.deepEqual(keys([aMachine()], [anAddress({ attachedTo: "m-1" })]), ["machine/m-1"]));
test("what carries no mark is never suspected", () =>
  assert.deepEqual(keys([], [anAddress({ owner: undefined, instanceId: undefined })]), []));
test("what was made for no instance is never suspected", () =>
  assert.deepEqual(keys([], [anAddress({ instanceId: undefined })]), []));
