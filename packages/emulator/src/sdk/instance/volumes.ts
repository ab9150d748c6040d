import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Blockv1 } from "@scaleway/sdk-block";
import type { Instancev1 } from "@scaleway/sdk-instance";
import type { Begin } from "../driving.ts";
import { aServer, readServer } from "./a-server.ts";

export function volumes(begin: Begin<Instancev1.API>): void {
  describe("volumes", () => {
    test("a local volume is made, renamed, found and deleted", async (t) => {
      const { api: instance, beganAt, projectId } = await begin(t);
      const volume = await aVolume(instance, { name: "scratchpad", tags: ["tmp"] });
      assert.deepEqual(
        [volume.name, volume.size, volume.volumeType, volume.state, volume.server],
        ["scratchpad", 10e9, "l_ssd", "available", undefined],
      );
      assert.deepEqual([volume.creationDate, volume.project], [beganAt, projectId]);
      const volumeId = volume.id;
      await instance.updateVolume({ volumeId, name: "notes", tags: ["kept"] });
      const read = (await instance.getVolume({ volumeId })).volume;
      assert.deepEqual([read?.name, read?.tags], ["notes", ["kept"]]);
      await instance.deleteVolume({ volumeId });
      await assert.rejects(instance.getVolume({ volumeId }), {
        name: "ResourceNotFoundError",
        resource: "instance_volume",
      });
    });

    test("lists come in pages and are filtered", async (t) => {
      const { api: instance } = await begin(t);
      for (let i = 0; i < 5; i++)
        await aVolume(instance, { name: `v${i}`, volumeType: i < 2 ? "scratch" : "l_ssd", tags: [`t${i}`] });
      assert.equal((await instance.listVolumes({ perPage: 2 })).totalCount, 5);
      assert.equal((await instance.listVolumes({ perPage: 2 }).all()).length, 5);
      assert.equal((await instance.listVolumes({ volumeType: "scratch" })).totalCount, 2);
      assert.deepEqual(
        (await instance.listVolumes({ tags: ["t3"] })).volumes.map(({ name }) => name),
        ["v3"],
      );
    });

    test("a local volume joins a server and leaves it, in both of the SDK's ways", async (t) => {
      const { api: instance } = await begin(t);
      const { id: serverId } = await aServer(instance);
      const { id: volumeId } = await aVolume(instance);
      const holder = async (): Promise<string | undefined> =>
        (await instance.getVolume({ volumeId })).volume?.server?.id;

      await instance.attachServerVolume({ serverId, volumeId, volumeType: "l_ssd" });
      assert.equal((await readServer(instance, serverId)).volumes["1"]?.id, volumeId);
      assert.equal(await holder(), serverId);
      await assert.rejects(instance.deleteVolume({ volumeId }), {
        name: "PreconditionFailedError",
        precondition: "resource_still_in_use",
      });
      await instance.detachServerVolume({ serverId, volumeId });
      assert.equal(await holder(), undefined);

      await instance.attachVolume({ serverId, volumeId });
      assert.equal(await holder(), serverId);
      await instance.detachVolume({ volumeId });
      assert.deepEqual(Object.keys((await readServer(instance, serverId)).volumes), ["0"]);
    });

    test("a block volume joins a running server; instance v1 does not know it by itself", async (t) => {
      const { api: instance, emulator, use } = await begin(t);
      const block = use(Blockv1.API);
      const { id: serverId } = await aServer(instance);
      await instance.serverAction({ serverId, action: "poweron" });
      const { id: volumeId } = await block.createVolume({ name: "data", fromEmpty: { size: 20e9 } });
      emulator.advance(20);
      await instance.attachServerVolume({ serverId, volumeId, volumeType: "sbs_volume" });
      assert.deepEqual((await readServer(instance, serverId)).allowedActions, []);
      emulator.advance(5);
      const [reference] = (await block.getVolume({ volumeId })).references;
      assert.deepEqual([reference?.productResourceId, reference?.status], [serverId, "attached"]);
      await assert.rejects(instance.getVolume({ volumeId }), { resource: "instance_volume" });
      await instance.detachServerVolume({ serverId, volumeId });
      emulator.advance(60);
      assert.equal((await block.getVolume({ volumeId })).status, "available");
      await assert.rejects(instance.detachServerVolume({ serverId, volumeId }), {
        name: "InvalidArgumentsError",
      });
    });
  });
}

async function aVolume(
  instance: Instancev1.API,
  given: Instancev1.CreateVolumeRequest = {},
): Promise<Instancev1.Volume> {
  const { volume } = await instance.createVolume({ name: "data", volumeType: "l_ssd", size: 10e9, ...given });
  return volume!;
}
