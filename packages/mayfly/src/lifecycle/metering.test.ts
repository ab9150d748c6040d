import assert from "node:assert/strict";
import { test } from "node:test";
import { aMachine, anInstance, aRunningInstance, T0 } from "../testing/builders.ts";
import { decide } from "./decide.ts";
import type { Decision } from "./decision.ts";
import type { Instance } from "./instance.ts";
import { goingDown, noCost, poweredOff, poweredOn, seen, volumesMade } from "./metering.ts";
import { readMs } from "./meter.ts";
import type { MachineState, Observed } from "./observed.ts";

const GAP = 30_000;
const at = (ms: number) => ({
  now: T0 + ms,
  endNow: T0 + ms,
  visibilityGapMs: GAP,
  steadySince: -Infinity,
  canMark: true,
});
const looks = (state: MachineState | undefined, lookedAt: number): Observed => ({
  machine: { at: T0 + lookedAt, all: state ? [aMachine({ state })] : [] },
});
const row = (with_: Partial<Instance> = {}) => aRunningInstance({ cost: noCost(), ...with_ });
const written = (decision: Decision): Instance => {
  assert.equal(decision.kind, "write");
  return (decision as Extract<Decision, { kind: "write" }>).row;
};
const machineMs = ({ cost }: Instance, ms: number) => readMs(cost!.machine, T0 + ms);

test("periods between stops and starts add up, to the millisecond", () => {
  let one = poweredOn(row(), T0);
  one = poweredOff(one, T0 + 10_000);
  one = poweredOn(one, T0 + 60_000);
  assert.equal(machineMs(one, 61_000), 11_000);
  one = poweredOff(one, T0 + 70_001);
  assert.equal(machineMs(one, 900_000), 20_001);
});

test("what is so already is the same row, and a row without meters stays so", () => {
  const off = row();
  assert.equal(poweredOff(off, T0), off);
  const on = poweredOn(off, T0);
  assert.equal(poweredOn(on, T0 + 5_000), on);
  assert.equal(seen(on, aMachine({ state: "starting" }), T0 + 9_000), on);
  const old = aRunningInstance();
  assert.equal(seen(old, aMachine(), T0), old);
});

test("an address costs while its machine runs, not while that comes up or goes down", () => {
  const starting = seen(poweredOn(row(), T0), aMachine({ state: "starting" }), T0 + 1_000);
  assert.equal(starting.cost!.addresses.since, undefined);
  const running = seen(starting, aMachine({ state: "running" }), T0 + 5_000);
  assert.equal(running.cost!.addresses.since, T0 + 5_000);
  assert.equal(seen(running, aMachine({ state: "halted" }), T0 + 7_000), running);
  const down = goingDown(running, T0 + 8_000);
  assert.deepEqual(down.cost!.addresses, { ms: 3_000 });
  assert.equal(down.cost!.machine.since, T0);
});

test("volumes cost from when their machine is there", () => {
  const apart = volumesMade(anInstance({ cost: noCost() }), T0);
  assert.equal(apart.cost!.volumes.since, undefined);
  assert.equal(volumesMade(row(), T0).cost!.volumes.since, T0);
});

test("a stop counts from the look that shows it, which is the write that says stopped", () => {
  const stopping = poweredOn(row({ desired: "stopped", phase: "stopping" }), T0);
  const stopped = written(decide(stopping, looks("stopped", 50_000), at(52_000)));
  assert.equal(stopped.phase, "stopped");
  assert.equal(machineMs(stopped, 500_000), 50_000);
});

test("a machine that is found running, though its start was not heard of, costs from that look", () => {
  const idle = row();
  const found = written(decide(idle, looks("running", 20_000), at(21_000)));
  assert.equal(found.cost!.machine.since, T0 + 20_000);
  assert.equal(decide(found, looks("running", 22_000), at(23_000)).kind, "sleep");
});

test("an attempt that nobody heard of costs from its end on", () => {
  const launch = { attempts: 1, attemptedAt: T0, endedAt: T0 + 4_000, uncertain: true };
  const found = written(decide(row({ phase: "provisioning", launch }), looks("starting", 9_000), at(9_500)));
  assert.equal(found.cost!.machine.since, T0 + 4_000);
});

test("when all is gone nothing costs any more, as of the looks that show it", () => {
  const made = volumesMade(poweredOn(row({ desired: "gone", phase: "deleting" }), T0), T0);
  const none = { at: T0 + 65_000, parts: [] };
  const gone = written(decide(made, { ...looks(undefined, 60_000), volume: none }, at(66_000)));
  assert.equal(gone.phase, "deleted");
  assert.deepEqual(gone.cost, { ...noCost(), machine: { ms: 60_000 }, volumes: { ms: 65_000 } });
});

test("a machine that somebody else deleted costs until the first look that lacks it", () => {
  const lost = poweredOn(row({ missingSince: T0 + 40_000 }), T0);
  const absent: Observed = { machine: { ...looks(undefined, 90_000).machine!, byId: "absent" } };
  assert.equal(machineMs(written(decide(lost, absent, at(91_000))), 99_000), 40_000);
});

const HOUR = 3_600_000;
const on = (with_: Partial<Instance> = {}) => poweredOn(row(with_), T0);
const kept = row({ desired: "stopped", phase: "stopped" });
const byHand: [what: string, Instance, looks: [MachineState, number][], ms: number][] = [
  ["stopped", on({ marked: T0 + HOUR }), [["stopped", 60_000]], 60_000],
  ["halted", on({ marked: T0 + HOUR }), [["halted", 60_000]], 500_000],
  ["started", kept, [["running", 60_000]], 440_000],
  [
    "started, and stopped again by us",
    kept,
    [
      ["running", 60_000],
      ["stopped", 90_000],
    ],
    30_000,
  ],
  ["stopped, in a look that may show the time before", on(), [["stopped", 20_000]], 500_000],
  ["started, in a look that may show the time before", kept, [["running", 20_000]], 0],
];
for (const [what, before, seenAt, ms] of byHand)
  test(`a machine that somebody ${what} is metered from the look that shows it`, () => {
    let after = before;
    for (const [state, lookedAt] of seenAt) {
      const decision = decide(after, looks(state, lookedAt), at(lookedAt + 1_000));
      if (decision.kind === "write") after = decision.row;
    }
    assert.equal(machineMs(after, 500_000), ms);
  });
