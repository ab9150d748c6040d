import assert from "node:assert/strict";
import { test } from "node:test";
import { StoreError } from "../store/error.ts";
import type { Store } from "../store/store.ts";
import { aWorld } from "../testing/a-world.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

test("an instance is provisioned, and gone with its disk and address when its lifetime is over", async () => {
  const { clock, boot, row, left, cloud } = await aWorld({ lagMs: 5_000 });
  const { create } = await boot();
  const id = await create({ lifetime: "10m", ipv6: true, userData: "#cloud-config" });
  await clock.advance(30_000);
  assert.equal((await row(id)).phase, "running");
  assert.equal([...cloud.machines.values()][0]?.userData, "#cloud-config");
  assert.equal(left(), "machines 1 parts 2");
  await clock.advance(9 * MINUTE);
  assert.equal((await row(id)).phase, "running");
  await clock.advance(2 * MINUTE);
  assert.equal((await row(id)).phase, "deleted");
  assert.equal(left(), "machines 0 parts 0");
});

test("nothing is asked of the cloud but the sweep while an instance merely runs", async () => {
  const { clock, boot, looks } = await aWorld();
  const { create } = await boot();
  await create({ lifetime: "10h" });
  await clock.advance(5 * MINUTE);
  const before = { ...looks };
  await clock.advance(HOUR);
  assert.deepEqual({ ...looks, sweeps: 0 }, { ...before, sweeps: 0 });
  assert.equal(looks.sweeps - before.sweeps, 60);
});

test("an extended instance lives until its new deadline, to the second", async () => {
  const { clock, boot, row } = await aWorld();
  const { create, commands } = await boot();
  const id = await create({ lifetime: "10m" });
  await clock.advance(9 * MINUTE);
  const { expiresAt } = await row(id);
  await commands.extend(id, { expiresAt: expiresAt + HOUR, ifExpiresAt: expiresAt });
  await clock.advance(expiresAt + HOUR - clock.now() - 1);
  assert.equal((await row(id)).desired, "running");
  await clock.advance(1);
  assert.equal((await row(id)).desired, "gone");
});

test("an instance stopped by its deadline starts again when extended, and is deleted after its retention when not", async () => {
  const { clock, boot, row, left } = await aWorld();
  const { create, commands } = await boot();
  const id = await create({ lifetime: "10m", onExpiry: "stop", retain: "1h" });
  await clock.advance(11 * MINUTE);
  assert.equal((await row(id)).phase, "stopped");
  await commands.extend(id, { expiresAt: clock.now() + 10 * MINUTE });
  await clock.advance(MINUTE);
  assert.equal((await row(id)).phase, "running");
  await clock.advance(11 * MINUTE);
  assert.equal((await row(id)).phase, "stopped");
  await clock.advance(HOUR);
  assert.equal((await row(id)).phase, "deleted");
  assert.equal(left(), "machines 0 parts 0");
});

test("what somebody else stopped is started, and what somebody else deleted ends its instance", async () => {
  const { clock, boot, row, cloud, left, drifts } = await aWorld();
  const { create } = await boot();
  const id = await create({ lifetime: "10h" });
  await clock.advance(MINUTE);
  const machine = cloud.machines.get((await row(id)).footprint.machine!)!;
  machine.state = "stopped";
  await clock.advance(2 * MINUTE);
  assert.equal(machine.state, "running");
  assert.match(
    (await drifts(id)).join(),
    /^machine [^,]+ was found stopped, and is to run: it is started again$/,
  );
  machine.goneAt = clock.now();
  for (const part of cloud.parts.values()) part.machine = undefined;
  await clock.advance(3 * MINUTE);
  assert.equal((await row(id)).phase, "deleted");
  assert.equal(left(), "machines 0 parts 0");
});

test("a machine that somebody starts after its deadline is stopped again within a sweep, and told", async () => {
  const { clock, boot, row, cloud, drifts } = await aWorld();
  const { create } = await boot();
  const id = await create({ lifetime: "10m", onExpiry: "stop", retain: "1h" });
  await clock.advance(12 * MINUTE);
  const machine = cloud.machines.get((await row(id)).footprint.machine!)!;
  machine.state = "running";
  await clock.advance(MINUTE + 10_000);
  assert.equal(machine.state, "stopped");
  assert.equal((await row(id)).phase, "stopped");
  assert.match((await drifts(id)).join(), /was found running, and is to be stopped: it is stopped again$/);
});

test("a deadline that somebody writes into a mark is written anew within a sweep, and told; an extension is not", async () => {
  const { clock, boot, row, cloud, drifts } = await aWorld();
  const { create, commands } = await boot();
  const id = await create({ lifetime: "10h" });
  await clock.advance(2 * MINUTE);
  await commands.extend(id, { expiresAt: (await row(id)).expiresAt + HOUR });
  await clock.advance(2 * MINUTE);
  const { footprint, expiresAt } = await row(id);
  const machine = cloud.machines.get(footprint.machine!)!;
  assert.equal(machine.marks?.expiresAt, expiresAt);
  assert.deepEqual(await drifts(id), []);
  machine.marks = { ...machine.marks!, expiresAt: expiresAt + 9 * HOUR };
  await clock.advance(MINUTE + 10_000);
  assert.equal(machine.marks?.expiresAt, expiresAt);
  await clock.advance(5 * MINUTE);
  assert.equal((await drifts(id)).length, 1);
});

test("of 60 strays one sweep takes 50 at most, and the rest follows", async () => {
  const { clock, boot, store, cloud } = await aWorld();
  const owner = await store.owner();
  for (let i = 0; i < 60; i++)
    await cloud.createMachine({
      marks: { owner, instanceId: "mf-zzzzzzzzzzzz", expiresAt: 0 },
      name: "stray",
      zone: "fake-1",
      addresses: [],
    });
  await clock.advance(MINUTE);
  await boot();
  await clock.advance(1_000);
  assert.equal(cloud.exists().machines.length, 60, "one look is no proof");
  await clock.advance(90_000);
  assert.equal(cloud.exists().machines.length, 10);
  await clock.advance(90_000);
  assert.equal(cloud.exists().machines.length, 0);
  assert.equal(cloud.exists().parts.length, 0);
});

test("a clock that is set right between two looks does not make them further apart", async () => {
  const { clock, boot, store, cloud } = await aWorld();
  const marks = { owner: await store.owner(), instanceId: "mf-zzzzzzzzzzzz", expiresAt: 0 };
  await cloud.createMachine({ marks, name: "stray", zone: "fake-1", addresses: [] });
  await clock.advance(5 * MINUTE);
  const wrong = await boot({ wrongByMs: -MINUTE });
  await clock.advance(5_000);
  const stopped = wrong.stop();
  await clock.advance(10_000);
  await stopped;
  await boot();
  await clock.advance(5_000);
  assert.equal(cloud.exists().machines.length, 1);
  await clock.advance(2 * MINUTE);
  assert.equal(cloud.exists().machines.length, 0);
});

test("a marked machine whose row was lost with its home lives until the deadline in its mark", async () => {
  const { clock, boot, store, cloud, row, left } = await aWorld();
  const marks = { owner: await store.owner(), instanceId: "mf-0000000000aa", expiresAt: clock.now() + HOUR };
  const { id } = await cloud.createMachine({ marks, name: "lab", zone: "fake-1", addresses: [] });
  await cloud.powerOn(id);
  await clock.advance(MINUTE);
  await boot();
  await clock.advance(5 * MINUTE);
  const found = await row(marks.instanceId);
  assert.equal(found.phase, "running");
  assert.equal(found.footprint.machine, id);
  await clock.advance(HOUR);
  assert.equal((await row(marks.instanceId)).phase, "deleted");
  assert.equal(left(), "machines 0 parts 0");
});

test("machines of another installation and of nobody are left alone", async () => {
  const { clock, boot, cloud } = await aWorld();
  await cloud.createMachine({
    marks: { owner: "another", instanceId: "mf-0000000000aa", expiresAt: 0 },
    name: "x",
    zone: "fake-1",
    addresses: [],
  });
  await boot();
  await clock.advance(HOUR);
  assert.equal(cloud.exists().machines.length, 1);
});

test("a store that fails in the middle of the work costs a moment, not the instance", async () => {
  const { clock, boot, store, row, left } = await aWorld();
  let failures = 0;
  const shaky: Store = {
    ...store,
    async update(id, guard, change) {
      if (guard.token !== undefined && failures++ % 3 === 1)
        throw new StoreError("unavailable", "the disk is full");
      return store.update(id, guard, change);
    },
  };
  const { create } = await boot({ store: shaky });
  const ids = [await create({ lifetime: "5m" }), await create({ lifetime: "6m" })];
  await clock.advance(20 * MINUTE);
  for (const id of ids) assert.equal((await row(id)).phase, "deleted");
  assert.equal(left(), "machines 0 parts 0");
});

test("a second service takes over what a stopped one left", async () => {
  const { clock, boot, row, left } = await aWorld();
  const first = await boot();
  const id = await first.create({ lifetime: "10m" });
  await clock.advance(2_000);
  const stopped = first.stop();
  await clock.advance(10_000);
  await stopped;
  await clock.advance(20 * MINUTE);
  assert.notEqual((await row(id)).phase, "deleted");
  await boot();
  await clock.advance(3 * MINUTE);
  assert.equal((await row(id)).phase, "deleted");
  assert.equal(left(), "machines 0 parts 0");
});
