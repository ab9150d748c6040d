import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Instancev1 } from "@scaleway/sdk-instance";
import type { Vpcv2 } from "@scaleway/sdk-vpc";
import type { Begin } from "../driving.ts";
import { aServer } from "../instance/a-server.ts";

export function privateNetworks(begin: Begin<Vpcv2.API>): void {
  describe("private networks", () => {
    test("a network gets a subnet of each family, and the default VPC when none is named", async (t) => {
      const { api, beganAt, projectId } = await begin(t);
      const network = await aNetwork(api, { name: "inner", tags: ["db"] });
      const [own] = await api.listVPCs({ isDefault: true }).all();
      assert.deepEqual(
        [network.name, network.tags, network.vpcId, network.projectId, network.dhcpEnabled],
        ["inner", ["db"], own?.id, projectId, true],
      );
      assert.deepEqual(network.createdAt, beganAt);
      const ranges = network.subnets.map(({ subnet }) => subnet).sort();
      assert.match(ranges[0] ?? "", /^172\.(1[6-9]|2\d|3[01])\.\d+\.0\/22$/);
      assert.match(ranges[1] ?? "", /^fd[0-9a-f:]+::\/64$/);
      assert.deepEqual(network.subnets[0]?.createdAt, beganAt);
    });

    test("a network is renamed and deleted, but only when nothing is in it", async (t) => {
      const { api, emulator, use } = await begin(t);
      const { id: privateNetworkId } = await aNetwork(api);
      await api.updatePrivateNetwork({ privateNetworkId, name: "outer", tags: ["web"] });
      const read = await api.getPrivateNetwork({ privateNetworkId });
      assert.deepEqual([read.name, read.tags], ["outer", ["web"]]);
      const instance = use(Instancev1.API);
      const { id: serverId } = await aServer(instance);
      const { privateNic } = await instance.createPrivateNIC({ serverId, privateNetworkId });
      emulator.advance(60);
      await assert.rejects(api.deletePrivateNetwork({ privateNetworkId }), {
        name: "PreconditionFailedError",
        precondition: "resource_still_in_use",
      });
      await instance.deletePrivateNIC({ serverId, privateNicId: privateNic?.id ?? "" });
      emulator.advance(60);
      await api.deletePrivateNetwork({ privateNetworkId });
      await assert.rejects(api.getPrivateNetwork({ privateNetworkId }), {
        name: "ResourceNotFoundError",
        resource: "private_network",
      });
    });

    test("a network has the subnets that are asked for, and DHCP", async (t) => {
      const { api } = await begin(t);
      const { id: privateNetworkId, subnets } = await aNetwork(api, { subnets: ["192.168.0.0/24"] });
      assert.ok(subnets.some(({ subnet }) => subnet === "192.168.0.0/24"));
      assert.equal((await api.enableDHCP({ privateNetworkId })).dhcpEnabled, true);
    });

    test("subnets join a network and leave it", async (t) => {
      const { api } = await begin(t);
      const { id: privateNetworkId, vpcId } = await aNetwork(api);
      const added = await api.addSubnets({ privateNetworkId, subnets: ["fd00:1::/64"] });
      assert.ok(added.subnets.includes("fd00:1::/64"));
      const ranges = async (): Promise<string[]> =>
        (await api.listSubnets({ vpcId, pageSize: 2 }).all()).map(({ subnet }) => subnet);
      assert.ok((await ranges()).includes("fd00:1::/64"));
      await api.deleteSubnets({ privateNetworkId, subnets: ["fd00:1::/64"] });
      assert.ok(!(await ranges()).includes("fd00:1::/64"));
    });

    test("lists come in pages, are ordered and filtered", async (t) => {
      const { api } = await begin(t);
      for (const name of ["b", "a", "e", "d", "c"]) await aNetwork(api, { name, tags: [name] });
      assert.equal((await api.listPrivateNetworks({ pageSize: 2 })).totalCount, 5);
      const pages: string[][] = [];
      for await (const page of api.listPrivateNetworks({ pageSize: 2, orderBy: "name_desc" }))
        pages.push(page.map(({ name }) => name));
      assert.deepEqual(pages, [["e", "d"], ["c", "b"], ["a"]]);
      const all = await api.listPrivateNetworks({ pageSize: 2 }).all();
      assert.equal(all.length, 5);
      const privateNetworkIds = all.slice(0, 3).map(({ id }) => id);
      assert.equal((await api.listPrivateNetworks({ privateNetworkIds })).totalCount, 3);
      assert.equal((await api.listPrivateNetworks({ tags: ["e"] })).totalCount, 1);
      assert.equal((await api.listPrivateNetworks({ name: "a" })).totalCount, 1);
      assert.equal((await api.listPrivateNetworks({ vpcId: all[0]?.vpcId })).totalCount, 5);
    });

    test("a route leads to a network", async (t) => {
      const { api } = await begin(t);
      const { id: privateNetworkId, vpcId } = await aNetwork(api);
      const made = await api.createRoute({
        description: "to the office",
        vpcId,
        destination: "10.1.0.0/16",
        nexthopPrivateNetworkId: privateNetworkId,
        tags: ["vpn"],
      });
      assert.deepEqual(
        [made.description, made.destination, made.nexthopPrivateNetworkId, made.isReadOnly, made.tags],
        ["to the office", "10.1.0.0/16", privateNetworkId, false, ["vpn"]],
      );
      const routeId = made.id;
      await api.updateRoute({ routeId, description: "to the shop", destination: "10.2.0.0/16" });
      const read = await api.getRoute({ routeId });
      assert.deepEqual([read.description, read.destination], ["to the shop", "10.2.0.0/16"]);
      await api.deleteRoute({ routeId });
      await assert.rejects(api.getRoute({ routeId }), { name: "ResourceNotFoundError" });
    });
  });
}

function aNetwork(
  api: Vpcv2.API,
  given: Partial<Vpcv2.CreatePrivateNetworkRequest> = {},
): Promise<Vpcv2.PrivateNetwork> {
  return api.createPrivateNetwork({ defaultRoutePropagationEnabled: false, ...given });
}
