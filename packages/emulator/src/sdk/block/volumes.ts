import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Instancev1 } from "@scaleway/sdk-instance";
import type { Begin } from "../driving.ts";
import { aServer } from "../instance/a-server.ts";
import type { Block } from "./block.ts";

export function volumes(begin: Begin<Block>): void {
  describe("volumes", () => {
    test("a new volume is being created, then free, and can be renamed and deleted", async (t) => {
      const { api: block, emulator, beganAt, projectId } = await begin(t);
      const made = await block.createVolume({ name: "data", fromEmpty: { size: 10e9 }, tags: ["db"] });
      assert.deepEqual(
        [made.name, made.size, made.type, made.status, made.tags, made.projectId],
        ["data", 10e9, "sbs_5k", "creating", ["db"], projectId],
      );
      assert.deepEqual([made.createdAt, made.specs], [beganAt, { perfIops: 5000, class: "sbs" }]);
      emulator.advance(5);
      const volumeId = made.id;
      await block.updateVolume({ volumeId, name: "logs", tags: ["log"] });
      const read = await block.getVolume({ volumeId });
      assert.deepEqual(
        [read.name, read.tags, read.status, read.references],
        ["logs", ["log"], "available", []],
      );
      assert.ok(read.updatedAt && read.updatedAt > beganAt);
      await block.deleteVolume({ volumeId });
      await assert.rejects(block.getVolume({ volumeId }), {
        name: "ResourceNotFoundError",
        resource: "volume",
        resourceId: volumeId,
      });
    });

    test("a volume grows and gets faster while a server holds it, and never shrinks", async (t) => {
      const { api: block, emulator, use } = await begin(t);
      const { id, volumes } = await aServer(use(Instancev1.API));
      const volumeId = volumes["0"]?.id ?? "";
      emulator.advance(5);
      assert.equal((await block.updateVolume({ volumeId, size: 20e9, perfIops: 15_000 })).status, "updating");
      emulator.advance(5);
      const grown = await block.getVolume({ volumeId });
      assert.deepEqual([grown.status, grown.size, grown.type], ["in_use", 20e9, "sbs_15k"]);
      assert.deepEqual(
        grown.references.map((one) => [one.productResourceType, one.productResourceId, one.status]),
        [["instance_server", id, "attached"]],
      );
      await assert.rejects(block.updateVolume({ volumeId, size: 10e9 }), { name: "InvalidArgumentsError" });
      await assert.rejects(block.deleteVolume({ volumeId }), {
        name: "PreconditionFailedError",
        precondition: "resource_still_in_use",
      });
    });

    test("lists come in pages, are ordered and filtered", async (t) => {
      const { api: block, emulator, projectId, use } = await begin(t);
      for (const name of ["c", "a", "e", "b", "d"]) {
        await block.createVolume({ name, fromEmpty: { size: 5e9 }, tags: [name, "all"] });
        emulator.advance(1);
      }
      const request = { pageSize: 2, includeDeleted: false, orderBy: "name_asc" } as const;
      const first = await block.listVolumes(request);
      assert.deepEqual([first.totalCount, first.volumes.map(nameOf)], [5, ["a", "b"]]);
      assert.deepEqual((await block.listVolumes(request).all()).map(nameOf), ["a", "b", "c", "d", "e"]);
      const pages: string[][] = [];
      for await (const page of block.listVolumes(request)) pages.push(page.map(nameOf));
      assert.deepEqual(pages, [["a", "b"], ["c", "d"], ["e"]]);
      const newest = await block.listVolumes({
        includeDeleted: false,
        orderBy: "created_at_desc",
        projectId,
      });
      assert.equal(newest.volumes[0]?.name, "d");
      const tagged = await block.listVolumes({ includeDeleted: false, tags: ["all", "c"] });
      assert.deepEqual(tagged.volumes.map(nameOf), ["c"]);
      const server = await aServer(use(Instancev1.API));
      const held = await block.listVolumes({ includeDeleted: false, productResourceId: server.id });
      assert.deepEqual(
        held.volumes.map(({ id }) => id),
        [server.volumes["0"]?.id],
      );
    });

    test("volume types have a price and a speed", async (t) => {
      const { api: block } = await begin(t);
      const types = await block.listVolumeTypes().all();
      assert.deepEqual(
        types.map(({ type, specs }) => [type, specs?.perfIops]),
        [
          ["sbs_5k", 5000],
          ["sbs_15k", 15_000],
        ],
      );
      assert.ok(types.every(({ pricing }) => pricing?.currencyCode === "EUR"));
    });
  });
}

const nameOf = ({ name }: { name: string }): string => name;
