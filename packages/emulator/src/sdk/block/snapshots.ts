import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Begin } from "../driving.ts";
import type { Block } from "./block.ts";

export function snapshots(begin: Begin<Block>): void {
  describe("snapshots", () => {
    test("a snapshot is a copy that outlives its volume, and that a new volume begins with", async (t) => {
      const { api: block, emulator, beganAt, projectId } = await begin(t);
      const { id: volumeId } = await block.createVolume({ name: "data", fromEmpty: { size: 10e9 } });
      const made = await block.createSnapshot({ volumeId, name: "monday", tags: ["nightly"] });
      assert.deepEqual(
        [made.name, made.size, made.status, made.class, made.tags, made.projectId],
        ["monday", 10e9, "creating", "sbs", ["nightly"], projectId],
      );
      assert.deepEqual(
        [made.createdAt, made.parentVolume?.id, made.parentVolume?.name],
        [beganAt, volumeId, "data"],
      );
      emulator.advance(20);
      await block.deleteVolume({ volumeId });
      const snapshotId = made.id;
      const read = await block.getSnapshot({ snapshotId });
      assert.deepEqual([read.status, read.parentVolume], ["available", undefined]);
      const copy = await block.createVolume({ name: "copy", fromSnapshot: { snapshotId, size: 20e9 } });
      assert.deepEqual([copy.size, copy.parentSnapshotId], [20e9, snapshotId]);
      await assert.rejects(block.createVolume({ name: "small", fromSnapshot: { snapshotId, size: 5e9 } }), {
        name: "InvalidArgumentsError",
      });
    });

    test("a snapshot is renamed, retagged and deleted", async (t) => {
      const { api: block, emulator } = await begin(t);
      const snapshotId = await aSnapshot(block);
      emulator.advance(20);
      await block.updateSnapshot({ snapshotId, name: "tuesday", tags: ["kept"] });
      const read = await block.getSnapshot({ snapshotId });
      assert.deepEqual([read.name, read.tags], ["tuesday", ["kept"]]);
      await block.deleteSnapshot({ snapshotId });
      await assert.rejects(block.getSnapshot({ snapshotId }), {
        name: "ResourceNotFoundError",
        resource: "snapshot",
      });
    });

    test("a snapshot is exported to a bucket, and one is imported from there", async (t) => {
      const { api: block, emulator } = await begin(t);
      const snapshotId = await aSnapshot(block);
      emulator.advance(120);
      const place = { bucket: "backups", key: "monday.qcow2" };
      assert.equal((await block.exportSnapshotToObjectStorage({ snapshotId, ...place })).status, "exporting");
      emulator.advance(120);
      assert.equal((await block.getSnapshot({ snapshotId })).status, "available");
      const made = await block.importSnapshotFromObjectStorage({ ...place, name: "back", size: 10e9 });
      assert.deepEqual([made.status, made.parentVolume], ["creating", undefined]);
      emulator.advance(300);
      const read = await block.getSnapshot({ snapshotId: made.id });
      assert.deepEqual([read.name, read.status, read.size], ["back", "available", 10e9]);
    });

    test("lists come in pages and are filtered", async (t) => {
      const { api: block } = await begin(t);
      const { id: volumeId } = await block.createVolume({ name: "data", fromEmpty: { size: 10e9 } });
      for (let i = 0; i < 4; i++) await block.createSnapshot({ volumeId, name: `s${i}`, tags: [`t${i}`] });
      await aSnapshot(block);
      const request = { pageSize: 2, includeDeleted: false };
      assert.equal((await block.listSnapshots(request)).totalCount, 5);
      assert.equal((await block.listSnapshots(request).all()).length, 5);
      assert.equal((await block.listSnapshots({ includeDeleted: false, volumeId })).totalCount, 4);
      assert.equal((await block.listSnapshots({ includeDeleted: false, tags: ["t3"] })).totalCount, 1);
      assert.equal((await block.listSnapshots({ includeDeleted: false, name: "s1" })).totalCount, 1);
    });
  });
}

async function aSnapshot(block: Block): Promise<string> {
  const { id: volumeId } = await block.createVolume({ name: "data", fromEmpty: { size: 10e9 } });
  return (await block.createSnapshot({ volumeId, name: "monday" })).id;
}
