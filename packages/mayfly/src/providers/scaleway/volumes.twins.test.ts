import assert from "node:assert/strict";
import { test } from "node:test";
import { expectProviderError } from "../../testing/expect-provider-error.ts";
import { aVolumeWorld } from "../../testing/volume-world.ts";
import type { VolumeWorld } from "../../testing/volume-world.ts";
import { createVolumes } from "./volumes.ts";

const ZONE = "fr-par-1";
const BY = { owner: "own-1" };
const OURS = ["mayfly:owner=own-1"];
const WANTED = { name: "data", zone: ZONE, sizeGb: 20 };
const SNAPSHOTS = `/block/v1/zones/${ZONE}/snapshots`;

const losesTheAnswer = (world: VolumeWorld, operation: string) =>
  world.emulator.faults.add({ match: { operation }, times: 1, effect: { kind: "cutAfter" } });

test("of several volumes that we made under one name the oldest is meant, and the younger ones go", async () => {
  const world = aVolumeWorld();
  const [oldest, younger] = [await world.aVolume("data", OURS), await world.aVolume("data", OURS)];
  const nextTo = await world.aVolume("data-1", OURS);
  assert.equal((await world.volumes.find("data", ZONE))?.id, oldest);
  assert.deepEqual(world.left(), [oldest, younger, nextTo]);
  assert.equal((await world.volumes.ensure(WANTED, BY)).id, oldest);
  assert.deepEqual(world.left(), [oldest, nextTo]);
});

test("with the volume that is meant the younger ones of its name are deleted", async () => {
  const world = aVolumeWorld();
  const [oldest, younger] = [await world.aVolume("data", OURS), await world.aVolume("data", OURS)];
  const youngest = await world.aVolume("data", OURS);
  await world.volumes.delete(younger, ZONE);
  assert.deepEqual(world.left(), [oldest, youngest]);
  await world.volumes.delete(oldest, ZONE);
  assert.deepEqual(world.left(), []);
});

test("a younger one that a machine has stays", async () => {
  const world = aVolumeWorld();
  const oldest = await world.aVolume("data", OURS);
  const server = await world.aServer();
  const younger = await world.aVolume("data", OURS);
  await world.volumes.attach(younger, server.id, ZONE);
  assert.equal((await world.volumes.ensure(WANTED, BY)).id, oldest);
  await world.volumes.delete(oldest, ZONE);
  assert.deepEqual(world.left().sort(), [...server.volumes, younger].sort());
});

test("a younger one that a machine had may hold what somebody wrote, and stays", async () => {
  const world = aVolumeWorld();
  const server = await world.aServer();
  const [oldest, younger] = [await world.aVolume("data", OURS), await world.aVolume("data", OURS)];
  await world.volumes.attach(younger, server.id, ZONE);
  await world.volumes.detach(younger, ZONE);
  assert.equal((await world.volumes.ensure(WANTED, BY)).id, oldest);
  await world.volumes.delete(oldest, ZONE);
  assert.equal((await world.volumes.find("data", ZONE))?.id, younger);
});

test("what has no mark, or another's, is never tidied", async () => {
  for (const tags of [[], ["mayfly:owner=own-2"], [...OURS, "mayfly:owner=own-2"], ["mayfly:shared"]])
    for (const oursFirst of [true, false]) {
      const world = aVolumeWorld();
      const first = await world.aVolume("data", oursFirst ? OURS : tags);
      const second = await world.aVolume("data", oursFirst ? tags : OURS);
      const refusal = expectProviderError("invalid_input", "2 have this name", first, second);
      await assert.rejects(world.volumes.find("data", ZONE), refusal);
      await assert.rejects(world.volumes.ensure(WANTED, BY), refusal);
      assert.deepEqual(world.left(), [first, second]);
      const [ours, theirs] = oursFirst ? [first, second] : [second, first];
      await world.volumes.delete(ours, ZONE);
      assert.deepEqual(world.left(), [theirs]);
    }
});

test("several of another installation are told by the oldest, and left to that installation", async () => {
  const world = aVolumeWorld();
  const theirs = ["mayfly:owner=own-2"];
  const [oldest, younger] = [await world.aVolume("data", theirs), await world.aVolume("data", theirs)];
  assert.equal((await world.volumes.find("data", ZONE))?.id, oldest);
  assert.equal((await world.volumes.ensure(WANTED, BY)).id, oldest);
  assert.deepEqual(world.left(), [oldest, younger]);
});

test("two that make a volume of one name at the same time have one", async () => {
  const world = aVolumeWorld();
  const [one, another] = await Promise.all([
    world.volumes.ensure(WANTED, BY),
    createVolumes(world.clients()).ensure(WANTED, BY),
  ]);
  assert.equal(one.id, another.id);
  assert.deepEqual(world.left(), [one.id]);
});

test("a volume whose answer was lost is found as soon as lists show it", async () => {
  const world = aVolumeWorld();
  world.emulator.faults.listLagMs = 25_000;
  losesTheAnswer(world, "createVolume");
  const began = world.clock.now();
  const { id } = await world.volumes.ensure(WANTED, BY);
  assert.deepEqual(world.left(), [id]);
  assert.ok(world.clock.now() - began < 30_000);
});

test("a volume that no list shows within the visibility gap may be there: unavailable, and a repeat finds it", async () => {
  const world = aVolumeWorld();
  world.emulator.faults.listLagMs = 45_000;
  losesTheAnswer(world, "createVolume");
  const began = world.clock.now();
  await assert.rejects(
    world.volumes.ensure(WANTED, BY),
    expectProviderError(
      "unavailable",
      /^find or make volume data on scaleway fr-par-1: no answer to rely on/,
    ),
  );
  assert.equal(world.clock.now() - began, 30_000);
  await world.clock.advance(20_000);
  const { id } = await world.volumes.ensure(WANTED, BY);
  assert.deepEqual(world.left(), [id]);
});

test("a repeat that comes before lists show the first attempt's volume leaves one in the end", async () => {
  const world = aVolumeWorld();
  world.emulator.faults.listLagMs = 45_000;
  losesTheAnswer(world, "createVolume");
  await assert.rejects(world.volumes.ensure(WANTED, BY), expectProviderError("unavailable"));
  const [first] = world.left();
  await world.volumes.ensure(WANTED, BY);
  assert.equal(world.left().length, 2);
  await world.clock.advance(50_000);
  assert.equal((await world.volumes.ensure(WANTED, BY)).id, first);
  assert.deepEqual(world.left(), [first]);
});

test("a snapshot whose answer was lost is found, and of several that we made the oldest stays", async () => {
  const world = aVolumeWorld();
  const { id: volume_id } = await world.volumes.ensure(WANTED, BY);
  losesTheAnswer(world, "createSnapshot");
  const first = await world.volumes.snapshot(volume_id, "friday", ZONE, BY);
  const snapshot = { name: "friday", volume_id, project_id: world.clients().read.projectId };
  await world.call("POST", SNAPSHOTS, { ...snapshot, tags: OURS });
  assert.equal(await world.volumes.snapshot(volume_id, "friday", ZONE, BY), first);
  const snapshots = () => world.emulator.leftovers().others.filter(({ kind }) => kind === "snapshot");
  assert.deepEqual(
    snapshots().map(({ id }) => id),
    [first],
  );
  const theirs = await world.call<{ id: string }>("POST", SNAPSHOTS, { ...snapshot, tags: [] });
  const refusal = expectProviderError("invalid_input", first, theirs.id);
  await assert.rejects(world.volumes.snapshot(volume_id, "friday", ZONE, BY), refusal);
  assert.equal(snapshots().length, 2);
});
