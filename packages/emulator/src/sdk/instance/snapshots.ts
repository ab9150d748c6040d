import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Instancev1 } from "@scaleway/sdk-instance";
import type { Begin } from "../driving.ts";
import { aLocalServer } from "./a-local-server.ts";
import { aLocalSnapshot } from "./a-local-snapshot.ts";
import { readServer } from "./a-server.ts";

export function snapshots(begin: Begin<Instancev1.API>): void {
  describe("snapshots of local volumes", () => {
    test("a snapshot of an idle volume is there at once, and a new volume begins with it", async (t) => {
      const { api: instance, beganAt } = await begin(t);
      const { volume } = await instance.createVolume({ name: "data", volumeType: "l_ssd", size: 10e9 });
      const { snapshot, task } = await instance.createSnapshot({
        name: "before",
        volumeId: volume?.id,
        tags: ["nightly"],
      });
      assert.ok(snapshot && volume);
      assert.deepEqual(
        [snapshot.name, snapshot.state, snapshot.volumeType, snapshot.size, snapshot.tags],
        ["before", "available", "l_ssd", 10e9, ["nightly"]],
      );
      assert.deepEqual(snapshot.baseVolume, { id: volume.id, name: "data" });
      assert.deepEqual(snapshot.creationDate, beganAt);
      assert.equal(task?.hrefFrom, "/snapshots");
      const baseSnapshot = snapshot.id;
      const copy = await instance.createVolume({ name: "copy", volumeType: "l_ssd", baseSnapshot });
      assert.equal(copy.volume?.size, 10e9);
    });

    test("a snapshot of a running server's volume takes a while", async (t) => {
      const { api: instance, emulator } = await begin(t);
      const { id: serverId, volumes } = await aLocalServer(instance);
      await instance.serverAction({ serverId, action: "poweron" });
      emulator.advance(20);
      const { snapshot } = await instance.createSnapshot({ name: "hot", volumeId: volumes["0"]?.id });
      assert.equal(snapshot?.state, "snapshotting");
      assert.equal((await readServer(instance, serverId)).volumes["0"]?.state, "snapshotting");
      emulator.advance(60);
      const read = await instance.getSnapshot({ snapshotId: snapshot.id });
      assert.equal(read.snapshot?.state, "available");
    });

    test("a snapshot is renamed, retagged and deleted", async (t) => {
      const { api: instance, emulator } = await begin(t);
      const { id: snapshotId } = await aLocalSnapshot({ instance, emulator });
      await instance.updateSnapshot({ snapshotId, name: "after", tags: ["kept"] });
      const { snapshot } = await instance.getSnapshot({ snapshotId });
      assert.deepEqual([snapshot?.name, snapshot?.tags], ["after", ["kept"]]);
      const set = await instance["_setSnapshot"]({ ...snapshot!, snapshotId, name: "at last" });
      assert.equal(set.snapshot?.name, "at last");
      await instance.deleteSnapshot({ snapshotId });
      await assert.rejects(instance.getSnapshot({ snapshotId }), {
        name: "ResourceNotFoundError",
        resource: "instance_snapshot",
      });
    });

    test("lists come in pages and are filtered", async (t) => {
      const { api: instance, emulator } = await begin(t);
      const { volume } = await instance.createVolume({ name: "data", volumeType: "l_ssd", size: 10e9 });
      const volumeId = volume?.id ?? "";
      for (let i = 0; i < 3; i++) await aLocalSnapshot({ instance, emulator }, { volumeId, name: `s${i}` });
      await aLocalSnapshot({ instance, emulator }, { name: "other" });
      assert.equal((await instance.listSnapshots({ perPage: 2 })).totalCount, 4);
      assert.equal((await instance.listSnapshots({ perPage: 2 }).all()).length, 4);
      assert.equal((await instance.listSnapshots({ baseVolumeId: volumeId })).totalCount, 3);
      assert.equal((await instance.listSnapshots({ name: "other" })).totalCount, 1);
    });

    test("a snapshot is exported to a bucket, and one is imported from there", async (t) => {
      const { api: instance, emulator } = await begin(t);
      const { id: snapshotId } = await aLocalSnapshot({ instance, emulator });
      const read = async (): Promise<string | undefined> =>
        (await instance.getSnapshot({ snapshotId })).snapshot?.state;
      const { task } = await instance.exportSnapshot({ snapshotId, bucket: "backups", key: "a.qcow2" });
      assert.equal(task?.status, "pending");
      assert.equal(await read(), "exporting");
      emulator.advance(600);
      assert.equal(await read(), "available");
      const { snapshot } = await instance.createSnapshot({
        name: "back",
        volumeType: "l_ssd",
        bucket: "backups",
        key: "a.qcow2",
        size: 10e9,
      });
      assert.equal(snapshot?.state, "importing");
    });
  });
}
