import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Instancev1 } from "@scaleway/sdk-instance";
import type { Begin } from "../driving.ts";
import { aServer } from "./a-server.ts";

export function userData(begin: Begin<Instancev1.API>): void {
  describe("user data", () => {
    test("text is kept by key, and comes back as it was", async (t) => {
      const { api: instance } = await begin(t);
      const { id: serverId } = await aServer(instance);
      const content = "#cloud-config\nhostname: läb # €\n";
      await instance.setServerUserData({ serverId, key: "cloud-init", content });
      await instance.setServerUserData({ serverId, key: "answer", content: '{"json":true}' });
      assert.equal(await instance.getServerUserData({ serverId, key: "cloud-init" }), content);
      assert.equal(await instance.getServerUserData({ serverId, key: "answer" }), '{"json":true}');
      const { userData: keys } = await instance.listServerUserData({ serverId });
      assert.deepEqual(keys, ["answer", "cloud-init"]);
    });

    test("a key that is deleted, or never was, is a 404 without a body", async (t) => {
      const { api: instance } = await begin(t);
      const { id: serverId } = await aServer(instance);
      await instance.setServerUserData({ serverId, key: "note", content: "first" });
      await instance.setServerUserData({ serverId, key: "note", content: "second" });
      assert.equal(await instance.getServerUserData({ serverId, key: "note" }), "second");
      await instance.deleteServerUserData({ serverId, key: "note" });
      assert.deepEqual((await instance.listServerUserData({ serverId })).userData, []);
      await assert.rejects(instance.getServerUserData({ serverId, key: "note" }), {
        name: "ScalewayError",
        status: 404,
        body: "",
      });
    });
  });
}
