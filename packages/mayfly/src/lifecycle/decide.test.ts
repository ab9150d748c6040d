import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { aMachine, aRunningInstance, anInstance, T0 } from "../testing/builders.ts";
import { decide } from "./decide.ts";
import type { Circumstances, Decision } from "./decision.ts";
import { emptyFootprint } from "./instance.ts";
import type { Instance, Ready } from "./instance.ts";
import type { MachineState, Observed, Part } from "./observed.ts";

const GAP = 30_000;
const at = (ms: number, endNow = T0 + ms): Circumstances => ({
  now: T0 + ms,
  endNow,
  visibilityGapMs: GAP,
  steadySince: -Infinity,
  canMark: true,
});
const sees = (states: MachineState[], lookedAt = 100_000): Observed => ({
  machine: {
    at: T0 + lookedAt,
    all: states.map((state, index) => aMachine({ id: `m-${index + 1}`, state })),
  },
});
const byId = (what: "absent" | "unmarked", lookedAt: number): Observed => ({
  machine: { ...sees([], lookedAt).machine!, byId: what },
});
const tried = { attempts: 1, attemptedAt: T0, endedAt: T0 + 1_000, uncertain: true };
const part = (with_: Partial<Part>): Part => ({
  kind: "volume",
  id: "v-1",
  zone: "fr-par-1",
  idle: true,
  type: "sbs_volume",
  createdAt: T0,
  ...with_,
});
const written = (decision: Decision) => (
  assert.equal(decision.kind, "write"),
  (decision as Extract<Decision, { kind: "write" }>).row
);

const table: [string, Instance, Observed, Circumstances, Decision["kind"]][] = [
  ["a new request is created without a look", anInstance(), {}, at(0), "create"],
  ["an attempt of unknown outcome is looked for", anInstance({ launch: tried }), {}, at(2_000), "watch"],
  [
    "an attempt under way proves nothing by its absence",
    anInstance({ launch: { ...tried, endedAt: undefined } }),
    sees([], 500_000),
    at(500_000),
    "watch",
  ],
  [
    "within the visibility gap nothing is repeated",
    anInstance({ launch: tried }),
    sees([], 20_000),
    at(20_000),
    "watch",
  ],
  [
    "past the gap a create that left nothing is repeated",
    anInstance({ launch: tried }),
    sees([], 40_000),
    at(40_000),
    "create",
  ],
  [
    "an attempt refused for certain is repeated without a look",
    anInstance({ launch: { ...tried, uncertain: false } }),
    {},
    at(2_000),
    "create",
  ],
  [
    "after a failure its pause is kept",
    anInstance({ launch: { ...tried, uncertain: false }, retryAt: T0 + 9_000 }),
    {},
    at(2_000),
    "sleep",
  ],
  [
    "a machine found stopped is completed",
    anInstance({
      launch: tried,
      footprint: {
        ...emptyFootprint("fr-par-1"),
        machine: "m-1",
        volumes: [{ id: "v-1", kind: "sbs_volume" }],
      },
    }),
    sees(["stopped"]),
    at(50_000),
    "create",
  ],
  ["a running machine is left alone until the deadline", aRunningInstance(), {}, at(50_000), "sleep"],
  [
    "a machine that is to start again is started",
    aRunningInstance({ phase: "stopped" }),
    sees(["stopped"]),
    at(50_000),
    "start",
  ],
  [
    "one to be stopped is stopped",
    aRunningInstance({ desired: "stopped" }),
    sees(["running"]),
    at(50_000),
    "stop",
  ],
  [
    "one stopped in place is stopped for real",
    aRunningInstance({ desired: "stopped" }),
    sees(["halted"]),
    at(50_000),
    "stop",
  ],
  [
    "one to be gone is deleted",
    aRunningInstance({ desired: "gone", phase: "deleting" }),
    sees(["running"]),
    at(50_000),
    "delete",
  ],
  [
    "one that is stopping is waited for",
    aRunningInstance({ desired: "gone", phase: "deleting" }),
    sees(["stopping"]),
    at(50_000),
    "watch",
  ],
  [
    "after the machine its volumes are looked for",
    aRunningInstance({ desired: "gone", phase: "deleting" }),
    sees([]),
    at(50_000),
    "watch",
  ],
  [
    "a volume that is let go is deleted",
    aRunningInstance({ desired: "gone", phase: "deleting" }),
    { ...sees([]), volume: { at: T0 + 100_000, parts: [part({})] } },
    at(50_000),
    "delete",
  ],
  [
    "a volume that is held is waited for",
    aRunningInstance({ desired: "gone", phase: "deleting" }),
    { ...sees([]), volume: { at: T0 + 100_000, parts: [part({ idle: false })] } },
    at(50_000),
    "watch",
  ],
  [
    "what is deleted needs nothing",
    anInstance({ phase: "deleted", desired: "gone" }),
    sees(["running"]),
    at(50_000),
    "sleep",
  ],
  ["with no trusted clock nothing ends", aRunningInstance(), {}, at(4_000_000, -Infinity), "sleep"],
];

for (const [name, row, observed, circumstances, kind] of table)
  test(name, () => assert.equal(decide(row, observed, circumstances).kind, kind));

const deleting = (asked: Instance["asked"]) =>
  aRunningInstance({ desired: "gone", phase: "deleting", actedAt: T0 + 70_000, asked });
const idleVolume: Observed = { ...sees([]), volume: { at: T0 + 100_000, parts: [part({})] } };
const askedTable: [string, Instance, Observed, Circumstances, Decision["kind"]][] = [
  [
    "lists may still show it",
    deleting({ what: "delete m-1 running", at: T0 + 80_000 }),
    sees(["running"]),
    at(101_000),
    "watch",
  ],
  [
    "lists must show it by now",
    deleting({ what: "delete m-1 running", at: T0 + 69_000 }),
    sees(["running"]),
    at(101_000),
    "delete",
  ],
  [
    "its state is another",
    deleting({ what: "delete m-1 running", at: T0 + 80_000 }),
    sees(["stopped"]),
    at(101_000),
    "delete",
  ],
  [
    "something else is there",
    deleting({ what: "delete m-1 running", at: T0 + 80_000 }),
    sees(["running", "running"]),
    at(101_000),
    "delete",
  ],
  [
    "its volume is idle since",
    deleting({ what: "delete m-1 running", at: T0 + 80_000 }),
    idleVolume,
    at(101_000),
    "delete",
  ],
  [
    "its volume is still shown",
    deleting({ what: "delete v-1", at: T0 + 80_000 }),
    idleVolume,
    at(101_000),
    "watch",
  ],
  [
    "it was written by a clock that was wrong",
    deleting({ what: "delete v-1", at: T0 + 900_000 }),
    idleVolume,
    at(101_000),
    "delete",
  ],
  [
    "the clock jumped since",
    deleting({ what: "delete m-1 running", at: T0 + 80_000 }),
    sees(["running"]),
    { ...at(101_000), steadySince: T0 + 90_000 },
    "delete",
  ],
];
for (const [name, row, observed, circumstances, kind] of askedTable)
  test(`a change that was accepted is ${kind === "watch" ? "not " : ""}asked for again: ${name}`, () =>
    assert.equal(decide(row, observed, circumstances).kind, kind));

test("who is to run again after it was told to stop is not believed to run until lists must show the stop", () => {
  const revived = (askedAt: number) =>
    aRunningInstance({
      phase: "stopping",
      actedAt: T0 + 82_000,
      asked: { what: "stop m-1 running", at: T0 + askedAt },
    });
  assert.equal(decide(revived(80_000), sees(["running"]), at(101_000)).kind, "watch");
  assert.equal(decide(revived(80_000), sees(["stopped"]), at(101_000)).kind, "start");
  const late = decide(revived(69_000), sees(["running"]), at(101_000));
  assert.equal(late.kind === "write" && late.row.phase, "running");
});

test("nothing is terminated before the ids of what survives it are in the row", () => {
  const row = aRunningInstance({
    desired: "gone",
    phase: "deleting",
    footprint: { ...emptyFootprint("fr-par-1"), machine: "m-1" },
  });
  const absorbed = written(decide(row, sees(["running"]), at(50_000)));
  assert.deepEqual(absorbed.footprint.volumes, [{ id: "v-1", kind: "sbs_volume" }]);
  assert.equal(decide(absorbed, sees(["running"]), at(50_000)).kind, "delete");
});

test("of two machines the one whose id is in the row stays", () => {
  assert.equal(decide(aRunningInstance(), sees(["running", "running"]), at(50_000)).kind, "sleep");
});

test("an attempt that nobody heard of made nothing only when two lists in a row lack its machine", () => {
  const row = anInstance({ desired: "gone", phase: "deleting", launch: tried });
  const once = written(decide(row, sees([], 60_000), at(60_000)));
  assert.deepEqual([once.phase, once.missingSince], ["deleting", T0 + 60_000]);
  assert.equal(decide(once, sees([], 60_000), at(61_000)).kind, "watch");
  assert.equal(decide(once, sees(["running"], 62_000), at(62_000)).kind, "write", "its id first");
  assert.equal(written(decide(once, sees([], 62_000), at(62_000))).phase, "deleted");
});

test("at the deadline an instance heads for gone, and its user data goes with it", () => {
  const ended = written(decide(aRunningInstance(), {}, at(3_600_000)));
  assert.equal(ended.desired, "gone");
  const row = { ...ended, spec: { ...ended.spec, userData: "#cloud-config" } };
  const gone = written(
    decide(row, { ...sees([], 4_000_000), volume: { at: T0 + 4_000_000, parts: [] } }, at(4_000_000)),
  );
  assert.equal(gone.phase, "deleted");
  assert.equal(gone.spec.userData, undefined);
});

test("a deadline that stops keeps the machine for its retention, then deletes it", () => {
  const stopped = written(decide(aRunningInstance({ onExpiry: "stop" }), {}, at(3_600_000)));
  assert.equal(stopped.desired, "stopped");
  assert.equal(stopped.retainUntil, T0 + 3_600_000 + 86_400_000);
  assert.equal(written(decide(stopped, {}, at(3_600_000 + 86_400_000))).desired, "gone");
});

test("provisioning that takes too long is given up, with the reason of the last failure", () => {
  const row = anInstance({
    launch: tried,
    lastError: { code: "insufficient_capacity", message: "no DEV1-S left", at: T0 },
  });
  const ended = written(decide(row, {}, at(600_000)));
  assert.equal(ended.desired, "gone");
  assert.match(ended.reason!, /given up after 10m: no DEV1-S left/);
});

test("while two clocks disagree the earlier one decides, and it is said once", () => {
  const disputed = written(decide(aRunningInstance(), {}, at(3_600_000, T0 + 60_000)));
  assert.equal(disputed.desired, "running");
  assert.equal(decide(disputed, {}, at(3_600_001, T0 + 60_001)).kind, "sleep");
});

test("a machine that two looks a gap apart do not show was deleted by somebody else", () => {
  const missed = written(decide(aRunningInstance(), sees([], 100_000), at(100_000)));
  assert.equal(missed.desired, "running");
  assert.equal(decide(missed, sees([], 110_000), at(110_000)).kind, "watch");
  assert.equal(decide(missed, sees([], 130_000), at(130_000)).kind, "watch");
  const lost = decide(missed, byId("absent", 130_000), at(130_000));
  assert.equal(lost.kind === "write" && lost.event?.kind, "lost");
  assert.equal(written(lost).desired, "gone");
});

test("of a machine whose failsafe deletes it nobody says that somebody else did: any shutdown from inside does", () => {
  const reasonOf = (change: Partial<Instance>) => {
    const missed = written(decide(aRunningInstance(change), sees([], 100_000), at(100_000)));
    return written(decide(missed, byId("absent", 130_000), at(130_000))).reason;
  };
  const spec = { ...aRunningInstance().spec, failsafe: true };
  const byHand = "its machine was deleted by somebody else";
  assert.equal(reasonOf({ onExpiry: "delete" }), byHand);
  assert.equal(reasonOf({ spec, onExpiry: "stop" }), byHand);
  assert.equal(reasonOf({ spec, onExpiry: "delete" }), `${byHand}, or by a shutdown from inside`);
});

test("a machine that lost our mark is let go, with what it holds", () => {
  const running = aRunningInstance({ actedAt: T0 + 90_000 });
  const missed = written(decide(running, sees([], 100_000), at(100_000)));
  const released = decide(missed, byId("unmarked", 130_000), at(130_000));
  assert.equal(released.kind === "write" && released.event?.kind, "released");
  const row = written(released);
  assert.deepEqual([row.desired, row.footprint.machine, row.letGo], ["gone", undefined, "m-1"]);
  const held = (attachedTo: string): Observed => ({
    ...sees([], 140_000),
    volume: { at: T0 + 140_000, parts: [part({ attachedTo, idle: false })] },
  });
  assert.deepEqual(written(decide(row, held("m-1"), at(140_000))).footprint.volumes, []);
  assert.equal(decide(row, held("a copy of it"), at(140_000)).kind, "watch");
});

test("a volume that clings to a machine no list shows leads to a look at that machine by its id", () => {
  const row = aRunningInstance({ desired: "gone", phase: "deleting", actedAt: T0 });
  const clings: Observed = {
    ...sees([], 200_000),
    volume: { at: T0 + 200_000, parts: [part({ attachedTo: "m-1", idle: false })] },
  };
  assert.equal(decide(row, clings, at(110_000)).kind, "watch");
  const missed = written(decide(row, clings, at(200_000)));
  assert.equal(missed.holder, "m-1");
  const unasked = decide(missed, clings, at(200_000));
  assert.equal(unasked.kind === "watch" && unasked.what, "machine");
  const absent = decide(missed, { ...clings, ...byId("absent", 200_000) }, at(200_000));
  assert.equal(absent.kind === "watch" && absent.what, "volume");
  const seen: Observed = { ...clings, ...byId("unmarked", 200_000) };
  assert.equal(written(decide(missed, seen, at(200_000))).letGo, "m-1");
});

test("what the machine of another instance holds is left to that instance", () => {
  const row = aRunningInstance({ desired: "gone", phase: "deleting" });
  const moved: Observed = {
    machine: { ...sees([], 100_000).machine!, holders: ["m-2"] },
    volume: { at: T0 + 100_000, parts: [part({ attachedTo: "m-2", idle: false })] },
  };
  assert.deepEqual(written(decide(row, moved, at(100_000))).footprint.volumes, []);
});

test("a machine that was missing from one look and is seen again lives on", () => {
  const missed = written(decide(aRunningInstance(), sees([], 100_000), at(100_000)));
  const seen = written(decide(missed, sees(["running"], 110_000), at(110_000)));
  assert.deepEqual([seen.desired, seen.missingSince], ["running", undefined]);
});

test("right after the wall clock jumped nothing is taken for absent", () => {
  const jumped = { ...at(100_000), steadySince: T0 + 90_000 };
  assert.equal(decide(aRunningInstance(), sees([], 100_000), jumped).kind, "watch");
});

test("what somebody attached to a machine is not deleted with it", () => {
  const row = aRunningInstance({ desired: "gone", phase: "deleting" });
  const volumes = [...aMachine().volumes, { id: "theirs", kind: "sbs_volume" }];
  const machine = { at: T0 + 100_000, all: [aMachine({ volumes, addresses: ["theirs"] })] };
  assert.equal(decide(row, { machine }, at(100_000)).kind, "delete");
});

test("after an extend the mark is brought up to date", () => {
  const machine = aMachine({ expiresAt: T0 + 1_800_000 });
  assert.equal(
    decide(aRunningInstance(), { machine: { at: T0 + 100_000, all: [machine] } }, at(100_000)).kind,
    "mark",
  );
  const marked = aMachine({ expiresAt: T0 + 3_600_000 });
  assert.equal(
    written(decide(aRunningInstance(), { machine: { at: T0 + 100_000, all: [marked] } }, at(100_000))).marked,
    marked.expiresAt,
  );
});

test("a machine that ends itself is started only when its mark tells it the deadline", () => {
  const stopped = (expiresAt: number): Observed => ({
    machine: { at: T0 + 100_000, all: [aMachine({ state: "stopped", expiresAt })] },
  });
  const { spec, ...row } = aRunningInstance({ phase: "provisioning" });
  const guarded = { ...row, spec: { ...spec, failsafe: true } };
  assert.equal(decide(guarded, stopped(T0 + 1_800_000), at(100_000)).kind, "mark");
  assert.equal(decide(guarded, stopped(T0 + 3_600_000), at(100_000)).kind, "start");
  assert.equal(decide({ ...row, spec }, stopped(T0 + 1_800_000), at(100_000)).kind, "start");
});

test("what can only be done to a machine that runs is done before its instance is running", () => {
  const unfinished = (state: MachineState): Observed => ({
    machine: { at: T0 + 100_000, all: [aMachine({ state, isUnfinished: true })] },
  });
  const row = aRunningInstance({ phase: "provisioning", readyAt: undefined });
  const step = decide(row, unfinished("running"), at(100_000));
  assert.deepEqual([step.kind, "found" in step && step.found?.id], ["create", aMachine().id]);
  assert.equal(decide(row, unfinished("starting"), at(100_000)).kind, "watch");
  assert.equal(decide({ ...row, desired: "gone" }, unfinished("running"), at(100_000)).kind, "delete");
  // A list that shows the time before does not make it provisioning again.
  assert.notEqual(decide(aRunningInstance(), unfinished("running"), at(100_000)).kind, "create");
});

const aWaitingInstance = (with_: Partial<Instance> = {}) => {
  const { spec, ...row } = aRunningInstance({ phase: "provisioning", readyAt: undefined, ...with_ });
  return { ...row, spec: { ...spec, ready: "ssh" as const } };
};
const awaiting = { since: T0 + 10_000, nextAt: T0 + 20_000 };

test("an instance that waits for its guest says so when its machine runs, and asks at once", () => {
  const waits = written(decide(aWaitingInstance(), sees(["running"], 10_000), at(10_000)));
  assert.deepEqual(
    [waits.phase, waits.readyAt, waits.reason, waits.awaiting?.since],
    ["provisioning", undefined, "its machine runs; waiting for ssh", T0 + 10_000],
  );
  assert.equal(decide(waits, sees(["running"], 10_000), at(11_000)).kind, "probe");
});

test("between two questions nothing is looked at, and a machine that somebody stopped is started", () => {
  const row = aWaitingInstance({ awaiting });
  assert.deepEqual(decide(row, sees(["running"], 15_000), at(15_000)), {
    kind: "sleep",
    until: awaiting.nextAt,
  });
  assert.equal(decide(row, sees(["running"], 15_000), at(20_000)).kind, "probe");
  const told = written(decide(row, sees(["stopped"], 35_000), at(35_000)));
  assert.equal(told.awaiting, undefined);
  assert.equal(decide(told, sees(["stopped"], 35_000), at(35_000)).kind, "start");
  assert.equal(decide(row, {}, at(20_000)).kind, "watch");
});

test("a question that was put off by a clock that was wrong is asked now", () => {
  const row = aWaitingInstance({ awaiting: { ...awaiting, nextAt: T0 + 3_600_000 } });
  assert.equal(decide(row, sees(["running"], 15_000), at(15_000)).kind, "probe");
});

test("an extension is in the mark also while a guest is waited for", () => {
  const machine = aMachine({ expiresAt: T0 + 1_800_000 });
  const observed = { machine: { at: T0 + 15_000, all: [machine] } };
  assert.equal(decide(aWaitingInstance({ awaiting }), observed, at(15_000)).kind, "mark");
});

const state = fc.constantFrom<MachineState>(
  "stopped",
  "halted",
  "starting",
  "running",
  "stopping",
  "unknown",
);
const look = fc.record({
  lookedAt: fc.integer({ min: 0, max: 5_000_000 }),
  states: fc.array(state, { maxLength: 2 }),
});
const anyRow = fc
  .record({
    desired: fc.constantFrom<Instance["desired"]>("running", "stopped", "gone"),
    launched: fc.boolean(),
    confirmed: fc.boolean(),
    uncertain: fc.boolean(),
    ready: fc.boolean(),
    known: fc.boolean(),
    onExpiry: fc.constantFrom<Instance["onExpiry"]>("delete", "stop"),
    retryAt: fc.option(fc.integer({ min: 0, max: 5_000_000 }), { nil: undefined }),
    retained: fc.boolean(),
    waitsFor: fc.constantFrom<Ready>("cloud", "ssh", "cloud-init"),
    askAt: fc.option(fc.integer({ min: 0, max: 5_000_000 }), { nil: undefined }),
    settled: fc.boolean(),
  })
  .map((the) => {
    const { desired, launched, confirmed, uncertain, ready, known, onExpiry, retryAt, retained } = the;
    const { waitsFor, askAt, settled } = the;
    return anInstance({
      spec: { ...anInstance().spec, ready: waitsFor },
      awaiting: askAt === undefined ? undefined : { since: T0, nextAt: T0 + askAt },
      desired,
      phase:
        desired === "gone"
          ? "deleting"
          : settled && ready && launched
            ? (desired as "running" | "stopped")
            : "provisioning",
      onExpiry,
      retryAt: retryAt === undefined ? undefined : T0 + retryAt,
      retainUntil: retained && desired === "stopped" ? T0 + 3_600_000 + 86_400_000 : undefined,
      launch: launched ? { ...tried, uncertain, confirmedAt: confirmed ? T0 : undefined } : undefined,
      readyAt: ready && launched ? T0 : undefined,
      footprint: known && launched ? aRunningInstance().footprint : emptyFootprint("fr-par-1"),
    });
  });

test("property: nothing ends an instance before the trusted time says so", () => {
  fc.assert(
    fc.property(anyRow, look, fc.integer({ min: 0, max: 599_999 }), (row, { lookedAt, states }, now) => {
      const decision = decide(row, sees(states, lookedAt), at(now));
      if (row.desired === "gone") return;
      assert.notEqual(decision.kind, "delete");
      if (decision.kind === "write" && decision.row.desired === "gone")
        assert.equal(decision.event?.kind, "lost");
    }),
  );
});

test("property: what is to be gone is never started, created or revived", () => {
  fc.assert(
    fc.property(anyRow, look, fc.integer({ min: 0, max: 200_000_000 }), (row, { lookedAt, states }, now) => {
      const decision = decide(
        { ...row, desired: "gone", phase: "deleting" },
        sees(states, lookedAt),
        at(now),
      );
      assert.ok(["delete", "watch", "sleep", "write"].includes(decision.kind));
      if (decision.kind === "write") assert.equal(decision.row.desired, "gone");
    }),
  );
});

test("property: what waits for its guest is running by no look at the cloud", () => {
  fc.assert(
    fc.property(anyRow, look, fc.integer({ min: 0, max: 5_000_000 }), (row, { lookedAt, states }, now) => {
      if (row.spec.ready === "cloud" || row.readyAt !== undefined) return;
      const decision = decide(row, sees(states, lookedAt), at(now));
      if (decision.kind === "write") assert.notEqual(decision.row.phase, "running");
    }),
  );
});

test("property: writes come to an end", () => {
  fc.assert(
    fc.property(anyRow, look, fc.integer({ min: 0, max: 200_000_000 }), (row, { lookedAt, states }, now) => {
      let current = row;
      for (let step = 0; step < 10; step++) {
        const decision = decide(current, sees(states, lookedAt), at(now));
        if (decision.kind !== "write") return;
        current = decision.row;
      }
      assert.fail("still writing after ten steps");
    }),
  );
});

test("property: a wait never lasts beyond the moment at which something ends", () => {
  fc.assert(
    fc.property(anyRow, look, fc.integer({ min: 0, max: 599_999 }), (row, { lookedAt, states }, now) => {
      const decision = decide(row, sees(states, lookedAt), at(now));
      if (row.desired === "gone" || (decision.kind !== "watch" && decision.kind !== "sleep")) return;
      assert.ok(decision.until !== undefined && decision.until <= (row.retainUntil ?? row.expiresAt));
    }),
  );
});
