import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Instancev1 } from "@scaleway/sdk-instance";
import { Vpcv2 } from "@scaleway/sdk-vpc";
import type { Begin } from "../driving.ts";
import type { Stage } from "../stage.ts";
import { aServer, readServer } from "./a-server.ts";

export function privateNics(begin: Begin<Instancev1.API>): void {
  describe("private network interfaces", () => {
    test("a server joins a private network and leaves it", async (t) => {
      const { api: instance, emulator, use } = await begin(t);
      const privateNetworkId = await aNetwork(use);
      const { id: serverId } = await aServer(instance);
      const { privateNic } = await instance.createPrivateNIC({ serverId, privateNetworkId, tags: ["inner"] });
      assert.ok(privateNic);
      assert.deepEqual(
        [privateNic.serverId, privateNic.privateNetworkId, privateNic.tags],
        [serverId, privateNetworkId, ["inner"]],
      );
      assert.match(privateNic.macAddress, /^02:00:00(:[0-9a-f]{2}){3}$/);
      emulator.advance(60);
      const privateNicId = privateNic.id;
      const read = await instance.getPrivateNIC({ serverId, privateNicId });
      assert.equal(read.privateNic?.state, "available");
      assert.deepEqual(
        (await readServer(instance, serverId)).privateNics.map(({ id }) => id),
        [privateNicId],
      );
      await instance.deletePrivateNIC({ serverId, privateNicId });
      await assert.rejects(instance.getPrivateNIC({ serverId, privateNicId }), {
        name: "ResourceNotFoundError",
        resource: "instance_private_nic",
      });
    });

    test("an interface is retagged", async (t) => {
      const { api: instance, use } = await begin(t);
      const { id: serverId } = await aServer(instance);
      const { privateNic } = await instance.createPrivateNIC({
        serverId,
        privateNetworkId: await aNetwork(use),
      });
      const privateNicId = privateNic?.id ?? "";
      await instance.updatePrivateNIC({ serverId, privateNicId, tags: ["outer"] });
      assert.deepEqual((await instance.getPrivateNIC({ serverId, privateNicId })).privateNic?.tags, [
        "outer",
      ]);
    });

    test("lists come in pages and are filtered, and servers are found by their network", async (t) => {
      const { api: instance, use } = await begin(t);
      const { id: serverId } = await aServer(instance);
      await aServer(instance, { name: "alone" });
      const networks: string[] = [];
      const macAddresses: (string | undefined)[] = [];
      for (let i = 0; i < 3; i++) {
        const privateNetworkId = await aNetwork(use);
        networks.push(privateNetworkId);
        const made = await instance.createPrivateNIC({ serverId, privateNetworkId, tags: [`n${i}`] });
        macAddresses.push(made.privateNic?.macAddress);
      }
      assert.equal((await instance.listPrivateNICs({ serverId, perPage: 2 })).totalCount, 3);
      assert.equal((await instance.listPrivateNICs({ serverId, perPage: 2 }).all()).length, 3);
      assert.equal((await instance.listPrivateNICs({ serverId, tags: ["n1"] })).totalCount, 1);
      assert.equal((await instance.listServers({ privateNetwork: networks[0] })).totalCount, 1);
      assert.equal((await instance.listServers({ privateNetworks: networks })).totalCount, 1);
      assert.equal((await instance.listServers({ privateNicMacAddress: macAddresses[0] })).totalCount, 1);
    });
  });
}

async function aNetwork(use: Stage["use"]): Promise<string> {
  return (await use(Vpcv2.API).createPrivateNetwork({ defaultRoutePropagationEnabled: false })).id;
}
