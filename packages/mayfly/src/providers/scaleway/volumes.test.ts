import assert from "node:assert/strict";
import { test } from "node:test";
import { expectProviderError } from "../../testing/expect-provider-error.ts";
import type { ProviderErrorCode } from "../error.ts";
import { aVolumeWorld, VOLUMES } from "../../testing/volume-world.ts";
import { Fenced } from "../fenced.ts";
import { describeVolumes } from "../resources/volume-contract.ts";

const ZONE = "fr-par-1";
const NOBODY = "00000000-0000-4000-8000-000000000000";

describeVolumes("a volume on scaleway", async () => {
  const { volumes, aServer, passing } = aVolumeWorld();
  const nobody = { volume: NOBODY, machine: NOBODY };
  return { zone: ZONE, volumes, passing, nobody, aMachine: async () => (await aServer()).id };
});

const BY = { owner: "own-1" };
const WANTED = { name: "data", zone: ZONE, sizeGb: 20 };
const OURS = ["mayfly:owner=own-1"];

test("a volume is made with its marks, its size and its speed, and is ready", async () => {
  const world = aVolumeWorld();
  const fences: number[] = [];
  const fence = () => void fences.push(world.left().length);
  const volume = await world.volumes.ensure(WANTED, { ...BY, fence });
  const { createdAt, ...rest } = volume;
  assert.deepEqual(rest, {
    id: world.left()[0],
    name: "data",
    place: ZONE,
    owner: "own-1",
    onDemand: false,
    sizeGb: 20,
    iops: 5000,
    state: "ready",
    machine: undefined,
    devicePath: `/dev/disk/by-id/scsi-0SCW_sbs_volume-${volume.id}`,
  });
  assert.ok(createdAt !== undefined && world.clock.now() - createdAt < 10_000);
  assert.deepEqual(fences, [0]);
  assert.deepEqual(world.emulator.leftovers().volumes[0]?.tags, ["mayfly:owner=own-1"]);
  assert.equal(world.volumes.placeOf(ZONE), ZONE);
});

test("a volume that an instance wanted says so", async () => {
  const world = aVolumeWorld();
  const wanted = { ...WANTED, iops: 15_000 };
  const volume = await world.volumes.ensure(wanted, { ...BY, onDemand: true });
  assert.deepEqual([volume.onDemand, volume.iops], [true, 15_000]);
  assert.deepEqual(world.emulator.leftovers().volumes[0]?.tags, ["mayfly:owner=own-1", "mayfly:shared"]);
});

test("a volume that an instance wanted stays from when somebody wants it by itself", async () => {
  const world = aVolumeWorld();
  const { id } = await world.volumes.ensure(WANTED, { ...BY, onDemand: true });
  assert.equal((await world.volumes.ensure(WANTED, { ...BY, onDemand: true })).onDemand, true);
  const kept = await world.volumes.ensure(WANTED, BY);
  assert.deepEqual([kept.id, kept.onDemand, kept.owner], [id, false, "own-1"]);
  assert.deepEqual(await world.volumes.find("data", ZONE), kept);
  assert.equal((await world.volumes.ensure(WANTED, { ...BY, onDemand: true })).onDemand, false);
});

test("a volume that goes with another installation's instance is nothing to rely on", async () => {
  const world = aVolumeWorld();
  const id = await world.aVolume("data", ["mayfly:owner=own-2", "mayfly:shared"]);
  await assert.rejects(
    world.volumes.ensure(WANTED, BY),
    expectProviderError("invalid_input", id, "installation own-2 removes it"),
  );
});

test("a volume that is there is the one that is wanted, whoever made it", async () => {
  const world = aVolumeWorld();
  const id = await world.aVolume("data");
  const volume = await world.volumes.ensure(WANTED, { ...BY, fence: () => assert.fail("nothing is made") });
  assert.deepEqual([volume.id, volume.owner], [id, undefined]);
  assert.deepEqual(world.left(), [id]);
});

test("a volume that is there and is not as wanted is refused with what to do", async () => {
  const world = aVolumeWorld();
  const { id } = await world.volumes.ensure(WANTED, BY);
  const refused = (wanted: object, ...says: string[]) =>
    assert.rejects(
      world.volumes.ensure({ ...WANTED, ...wanted }, BY),
      expectProviderError("invalid_input", /^find or make volume data on scaleway fr-par-1: /, id, ...says),
    );
  await refused({ sizeGb: 30 }, "has 20 GB, not 30; resize it");
  await refused({ sizeGb: 10 }, "a resize can't make it smaller");
  await refused({ iops: 15_000 }, "has 5000 iops, not 15000");
  assert.deepEqual(world.left(), [id]);
});

test("a fence that throws is passed on, and nothing is made", async () => {
  const world = aVolumeWorld();
  const stop = new Fenced("another worker is at it");
  const fence = () => {
    throw stop;
  };
  await assert.rejects(world.volumes.ensure(WANTED, { ...BY, fence }), (error) => error === stop);
  assert.deepEqual(world.left(), []);
});

test("of 120 volumes the one on page 2 is found by its name, and part of a name finds none", async () => {
  const world = aVolumeWorld();
  for (let made = 0; made < 119; made += 1) await world.aVolume(`data-${made}`);
  const last = await world.aVolume("data-");
  assert.equal((await world.volumes.find("data-", ZONE))?.id, last);
  assert.equal((await world.volumes.find(last, ZONE))?.name, "data-");
  assert.equal((await world.volumes.find(last.toUpperCase(), ZONE))?.id, last);
  for (const part of ["data", "ata-", "Data-", NOBODY, `${last}0`])
    assert.equal(await world.volumes.find(part, ZONE), undefined, part);
  const listed = await world.volumes.list(ZONE);
  assert.equal(new Set(listed.map(({ id }) => id)).size, 120);
  const { id } = await world.volumes.ensure({ ...WANTED, name: "data" }, BY);
  assert.equal((await world.volumes.find("data", ZONE))?.id, id);
});

test("a list with a page missing is no list", async () => {
  const world = aVolumeWorld();
  await world.aVolume("data");
  world.emulator.faults.add({ match: { operation: "listVolumes" }, effect: { kind: "missPage" } });
  await assert.rejects(world.volumes.list(ZONE), expectProviderError("unavailable", /were due/));
  await assert.rejects(world.volumes.ensure(WANTED, BY), expectProviderError("unavailable", /were due/));
  assert.equal(world.left().length, 1);
});

test("what was made for one instance alone, or in another project, is not found", async () => {
  const world = aVolumeWorld();
  const own = await world.aVolume("data", [...OURS, "mayfly:instance=mf-0123456789ab"]);
  const elsewhere = { name: "data", project_id: NOBODY, from_empty: { size: 20e9 } };
  const { id: theirs } = await world.call<{ id: string }>("POST", VOLUMES, elsewhere);
  assert.deepEqual(await world.volumes.list(ZONE), []);
  for (const reference of ["data", own, theirs])
    assert.equal(await world.volumes.find(reference, ZONE), undefined);
  const { id } = await world.volumes.ensure(WANTED, BY);
  assert.ok(id !== own && id !== theirs);
  await assert.rejects(
    world.volumes.delete(theirs, ZONE),
    expectProviderError("invalid_input", `delete volume ${theirs}`, "belongs to another project"),
  );
  await world.volumes.delete(own, ZONE);
  assert.deepEqual(world.left(), [theirs, id]);
});

test("a volume is deleted, also while a machine has it, and the machine keeps its others", async () => {
  const world = aVolumeWorld();
  const server = await world.aServer();
  const free = await world.volumes.ensure({ ...WANTED, name: "free" }, BY);
  const held = await world.volumes.ensure(WANTED, BY);
  await world.volumes.attach(held.id, server.id, ZONE);
  await world.volumes.delete(free.id, ZONE);
  await world.volumes.delete(held.id, ZONE);
  await world.volumes.delete(held.id, ZONE);
  assert.deepEqual(world.left().sort(), server.volumes.sort());
  assert.deepEqual((await world.volumesOf(server.id)).sort(), server.volumes.sort());
});

test("a volume only ever grows, also on its machine", async () => {
  const world = aVolumeWorld();
  const server = await world.aServer();
  const { id } = await world.volumes.ensure(WANTED, BY);
  assert.equal((await world.volumes.resize(id, 30, ZONE)).sizeGb, 30);
  await world.volumes.attach(id, server.id, ZONE);
  const grown = await world.volumes.resize(id, 40, ZONE);
  assert.deepEqual([grown.sizeGb, grown.state, grown.machine], [40, "attached", server.id]);
  assert.deepEqual(await world.volumes.resize(id, 40, ZONE), grown);
  await assert.rejects(
    world.volumes.resize(id, 39, ZONE),
    expectProviderError("invalid_input", `resize volume ${id} on scaleway fr-par-1 to 39 GB`, "has 40 GB"),
  );
  const { byOperation } = world.emulator.calls();
  assert.equal(byOperation.updateVolume, 2);
});

test("two snapshots of one name are one, and of another volume another", async () => {
  const world = aVolumeWorld();
  const { id } = await world.volumes.ensure(WANTED, BY);
  const other = await world.volumes.ensure({ ...WANTED, name: "other" }, BY);
  const first = await world.volumes.snapshot(id, "friday", ZONE, BY);
  assert.equal(await world.volumes.snapshot(id, "friday", ZONE, BY), first);
  assert.notEqual(await world.volumes.snapshot(id, "fri", ZONE, BY), first);
  assert.notEqual(await world.volumes.snapshot(other.id, "friday", ZONE, BY), first);
  const snapshots = world.emulator.leftovers().others.filter(({ kind }) => kind === "snapshot");
  assert.deepEqual(
    snapshots.map(({ name, state, tags }) => [name, state, tags]),
    [
      ["friday", "available", OURS],
      ["fri", "available", OURS],
      ["friday", "available", OURS],
    ],
  );
});

test("a volume that is not there is refused, and its delete is done", async () => {
  const world = aVolumeWorld();
  const server = await world.aServer();
  const refusal = expectProviderError("invalid_input", `there is no volume ${NOBODY} in ${ZONE}`);
  await assert.rejects(world.volumes.attach(NOBODY, server.id, ZONE), refusal);
  await assert.rejects(world.volumes.detach(NOBODY, ZONE), refusal);
  await assert.rejects(world.volumes.resize(NOBODY, 20, ZONE), refusal);
  await assert.rejects(world.volumes.snapshot(NOBODY, "friday", ZONE, BY), refusal);
  await world.volumes.delete(NOBODY, ZONE);
  const { id } = await world.volumes.ensure(WANTED, BY);
  const nowhere = expectProviderError("conflict", "instance_server is not there");
  await assert.rejects(world.volumes.attach(id, NOBODY, ZONE), nowhere);
});

test("a refusal is told at once, and named by what to do next", async () => {
  const world = aVolumeWorld();
  const began = world.clock.now();
  const match = { operation: "createVolume" };
  const refuse = (status: number, body: object) =>
    world.emulator.faults.add({ match, times: 1, effect: { kind: "status", status, body } });
  const fails = (code: ProviderErrorCode) =>
    assert.rejects(world.volumes.ensure(WANTED, BY), expectProviderError(code));
  refuse(403, { type: "quotas_exceeded", message: "quota", details: [] });
  await fails("quota_exceeded");
  refuse(403, { type: "permissions_denied", message: "no" });
  await fails("unauthorized");
  world.emulator.faults.add({ match, times: 1, effect: { kind: "rateLimited" } });
  await fails("rate_limited");
  await assert.rejects(
    world.volumes.ensure({ ...WANTED, sizeGb: 1 }, BY),
    expectProviderError("invalid_input"),
  );
  assert.deepEqual(world.left(), []);
  assert.equal(world.clock.now(), began);
});
