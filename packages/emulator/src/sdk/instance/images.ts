import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Instancev1 } from "@scaleway/sdk-instance";
import type { Begin } from "../driving.ts";
import { aLocalSnapshot } from "./a-local-snapshot.ts";
import { aServer } from "./a-server.ts";

export function images(begin: Begin<Instancev1.API>): void {
  describe("images", () => {
    test("an image is made of a snapshot, which it then holds", async (t) => {
      const { api: instance, emulator, beganAt, projectId } = await begin(t);
      const { id: snapshotId } = await aLocalSnapshot({ instance, emulator });
      const { image } = await instance.createImage({
        name: "golden",
        rootVolume: snapshotId,
        arch: "x86_64",
        tags: ["v1"],
      });
      assert.ok(image);
      assert.deepEqual(
        [image.name, image.arch, image.public, image.project, image.tags],
        ["golden", "x86_64", false, projectId, ["v1"]],
      );
      assert.deepEqual([image.rootVolume?.id, image.rootVolume?.volumeType], [snapshotId, "l_ssd"]);
      assert.ok(image.creationDate && image.creationDate > beganAt);
      await assert.rejects(instance.deleteSnapshot({ snapshotId }), { name: "PreconditionFailedError" });
      await instance.deleteImage({ imageId: image.id });
      await assert.rejects(instance.getImage({ imageId: image.id }), {
        name: "ResourceNotFoundError",
        resource: "instance_image",
      });
      await instance.deleteSnapshot({ snapshotId });
    });

    test("an image is renamed, retagged and replaced, and a server boots it", async (t) => {
      const { api: instance, emulator } = await begin(t);
      const { id: rootVolume } = await aLocalSnapshot({ instance, emulator });
      const made = await instance.createImage({ name: "golden", rootVolume, arch: "x86_64" });
      const imageId = made.image?.id ?? "";
      await instance.updateImage({ imageId, name: "silver", tags: ["v2"] });
      const { image } = await instance.getImage({ imageId });
      assert.deepEqual([image?.name, image?.tags, image?.state], ["silver", ["v2"], "available"]);
      await instance["_setImage"]({ ...image!, name: "bronze" });
      const server = await aServer(instance, { image: imageId });
      assert.equal(server.image?.name, "bronze");
      assert.deepEqual([server.volumes["0"]?.volumeType, server.volumes["0"]?.size], ["l_ssd", 10e9]);
    });

    test("lists have public images and one's own, and come in pages", async (t) => {
      const { api: instance, emulator, projectId } = await begin(t);
      const { id: rootVolume } = await aLocalSnapshot({ instance, emulator });
      await instance.createImage({ name: "golden", rootVolume, arch: "x86_64" });
      const first = await instance.listImages({ perPage: 10 });
      assert.equal(first.images.length, 10);
      const all = await instance.listImages({ perPage: 10 }).all();
      assert.equal(all.length, first.totalCount);
      const names = async (request: Instancev1.ListImagesRequest): Promise<string[]> =>
        (await instance.listImages(request).all()).map(({ name }) => name);
      assert.deepEqual(await names({ public: false }), ["golden"]);
      assert.deepEqual(await names({ project: projectId, public: false }), ["golden"]);
      assert.deepEqual([...new Set(await names({ name: "Debian 12" }))], ["Debian 12 (Bookworm)"]);
      const arm = await instance.listImages({ arch: "arm64" });
      assert.ok(arm.totalCount > 0 && arm.images.every(({ arch }) => arch === "arm64"));
    });

    test("a backup is an image of all the server's volumes, named by the task", async (t) => {
      const { api: instance, emulator } = await begin(t);
      const { id: serverId } = await aServer(instance);
      const { task } = await instance.serverAction({ serverId, action: "backup", name: "monday" });
      const imageId = /^\/images\/(.+)$/.exec(task?.hrefResult ?? "")?.[1] ?? "";
      emulator.advance(120);
      const { image } = await instance.getImage({ imageId });
      assert.deepEqual([image?.name, image?.state, image?.fromServer], ["monday", "available", serverId]);
      assert.equal(image?.rootVolume?.volumeType, "sbs_snapshot");
    });
  });
}
