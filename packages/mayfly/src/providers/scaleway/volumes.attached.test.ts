import assert from "node:assert/strict";
import { test } from "node:test";
import { expectProviderError } from "../../testing/expect-provider-error.ts";
import { aVolumeWorld, SERVERS } from "../../testing/volume-world.ts";
import { createVolumes } from "./volumes.ts";

const ZONE = "fr-par-1";
const BY = { owner: "own-1" };
const WANTED = { name: "data", zone: ZONE, sizeGb: 20 };

test("a volume is attached and detached, and the machine's other volumes are not touched", async () => {
  const world = aVolumeWorld();
  const server = await world.aServer();
  const { id } = await world.volumes.ensure(WANTED, BY);
  const attached = await world.volumes.attach(id, server.id, ZONE);
  assert.deepEqual([attached.state, attached.machine], ["attached", server.id]);
  assert.deepEqual(await world.volumesOf(server.id), [...server.volumes, id]);
  assert.deepEqual(await world.volumes.attach(id, server.id, ZONE), attached);

  const detached = await world.volumes.detach(id, ZONE);
  assert.deepEqual([detached.state, detached.machine], ["ready", undefined]);
  assert.deepEqual(await world.volumesOf(server.id), server.volumes);
  for (const other of server.volumes)
    assert.equal((await world.volumes.find(other, ZONE))?.machine, server.id);
  assert.deepEqual(await world.volumes.detach(id, ZONE), detached);
  const { byOperation } = world.emulator.calls();
  assert.deepEqual([byOperation.attachServerVolume, byOperation.detachServerVolume], [1, 1]);
});

test("a volume that another machine has is a conflict, and stays there", async () => {
  const world = aVolumeWorld();
  const [one, another] = [await world.aServer(), await world.aServer()];
  const { id } = await world.volumes.ensure(WANTED, BY);
  await world.volumes.attach(id, one.id, ZONE);
  await assert.rejects(
    world.volumes.attach(id, another.id, ZONE),
    expectProviderError("conflict", `attach volume ${id} to ${another.id}`, `instance_server ${one.id} has`),
  );
  assert.deepEqual(await world.volumesOf(another.id), another.volumes);
  assert.equal((await world.volumes.find(id, ZONE))?.machine, one.id);
});

test("a volume that a machine is letting go of is attached to the next", async () => {
  const world = aVolumeWorld();
  const [one, another] = [await world.aServer(), await world.aServer()];
  const { id } = await world.volumes.ensure(WANTED, BY);
  await world.volumes.attach(id, one.id, ZONE);
  await world.call("POST", `${SERVERS}/${one.id}/detach-volume`, { volume_id: id });
  assert.equal((await world.volumes.find(id, ZONE))?.state, "detaching");
  assert.equal((await world.volumes.attach(id, another.id, ZONE)).machine, another.id);
});

test("a volume that a machine is letting go of is waited for, not asked for again", async () => {
  const world = aVolumeWorld();
  const server = await world.aServer();
  const { id } = await world.volumes.ensure(WANTED, BY);
  await world.volumes.attach(id, server.id, ZONE);
  await world.call("POST", `${SERVERS}/${server.id}/detach-volume`, { volume_id: id });
  assert.equal((await world.volumes.detach(id, ZONE)).state, "ready");
  assert.equal(world.emulator.calls().byOperation.detachServerVolume, 1);
});

test("a volume whose machine ends just then is detached all the same", async () => {
  const world = aVolumeWorld();
  const server = await world.aServer();
  const { id } = await world.volumes.ensure(WANTED, BY);
  await world.volumes.attach(id, server.id, ZONE);
  const ending = createVolumes(
    world.clients((request) => {
      if (request.url.endsWith("/detach-volume")) world.emulator.console.deleteServer(server.id);
      return world.send(request);
    }),
  );
  assert.equal((await world.passing(ending.detach(id, ZONE))).state, "ready");
});

test("a refusal to detach is told", async () => {
  const world = aVolumeWorld();
  const server = await world.aServer();
  const { id } = await world.volumes.ensure(WANTED, BY);
  await world.volumes.attach(id, server.id, ZONE);
  const body = { type: "precondition_failed", message: "the machine is busy" };
  const match = { operation: "detachServerVolume" };
  world.emulator.faults.add({ match, effect: { kind: "status", status: 412, body } });
  const refusal = expectProviderError("conflict", `detach volume ${id} on scaleway`, "the machine is busy");
  await assert.rejects(world.volumes.detach(id, ZONE), refusal);
});

test("a volume that does not let go is waited for two minutes, and no longer", async () => {
  const world = aVolumeWorld();
  const server = await world.aServer();
  const { id } = await world.volumes.ensure(WANTED, BY);
  await world.volumes.attach(id, server.id, ZONE);
  // The machine is told nothing, and so it keeps the volume.
  const match = { operation: "detachServerVolume" };
  world.emulator.faults.add({ match, effect: { kind: "status", status: 200, body: { server: null } } });
  const began = world.clock.now();
  await assert.rejects(world.volumes.detach(id, ZONE), expectProviderError("unavailable", /within 120 s/));
  assert.equal(world.clock.now() - began, 120_000);
});

test("waiting for a volume ends when it is aborted", async () => {
  const world = aVolumeWorld();
  const server = await world.aServer();
  const { id } = await world.volumes.ensure(WANTED, BY);
  await world.volumes.attach(id, server.id, ZONE);
  const controller = new AbortController();
  const began = world.clock.now();
  world.clock.sleep(7_000).then(() => controller.abort(new Error("enough")), assert.fail);
  const detaching = world.volumes.detach(id, ZONE, { signal: controller.signal });
  await assert.rejects(detaching, expectProviderError("unavailable", /^detach volume .*: enough$/));
  assert.equal(world.clock.now() - began, 7_000);
  assert.equal((await world.volumes.detach(id, ZONE)).state, "ready");
});
