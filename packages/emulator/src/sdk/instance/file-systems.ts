import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Instancev1 } from "@scaleway/sdk-instance";
import type { Begin } from "../driving.ts";
import { aServer, readServer } from "./a-server.ts";

export function fileSystems(begin: Begin<Instancev1.API>): void {
  describe("file systems", () => {
    test("a file system joins a server of a type that takes some, and leaves it", async (t) => {
      const { api: instance, emulator } = await begin(t);
      const { id: serverId } = await aServer(instance, { commercialType: "BASIC3-X2C-4G" });
      const states = async (): Promise<string[]> => {
        const meanwhile = (await readServer(instance, serverId)).filesystems.map(({ state }) => state);
        emulator.advance(10);
        return [
          ...meanwhile,
          ...(await readServer(instance, serverId)).filesystems.map(({ state }) => state),
        ];
      };
      await instance.attachServerFileSystem({ serverId, filesystemId: SHARED });
      assert.deepEqual(await states(), ["attaching", "available"]);
      assert.equal((await readServer(instance, serverId)).filesystems[0]?.filesystemId, SHARED);
      await instance.detachServerFileSystem({ serverId, filesystemId: SHARED });
      assert.deepEqual(await states(), ["detaching"]);
    });

    test("a type that takes none refuses it", async (t) => {
      const { api: instance } = await begin(t);
      const { id: serverId } = await aServer(instance);
      await assert.rejects(instance.attachServerFileSystem({ serverId, filesystemId: SHARED }), {
        name: "InvalidArgumentsError",
      });
    });
  });
}

/** File systems are another product's: any id will do. */
const SHARED = "33333333-3333-3333-3333-333333333333";
