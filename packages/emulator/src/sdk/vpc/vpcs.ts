import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Vpcv2 } from "@scaleway/sdk-vpc";
import type { Begin } from "../driving.ts";

export function vpcs(begin: Begin<Vpcv2.API>): void {
  describe("VPCs", () => {
    test("a VPC is made, renamed and deleted", async (t) => {
      const { api, beganAt, projectId } = await begin(t);
      const made = await api.createVPC({ name: "shop", tags: ["prod"], enableRouting: true });
      assert.deepEqual(
        [made.name, made.tags, made.projectId, made.organizationId, made.region],
        ["shop", ["prod"], projectId, projectId, "fr-par"],
      );
      assert.deepEqual(
        [made.createdAt, made.isDefault, made.privateNetworkCount, made.routingEnabled],
        [beganAt, false, 0, true],
      );
      const vpcId = made.id;
      await api.updateVPC({ vpcId, name: "store", tags: ["test"] });
      const read = await api.getVPC({ vpcId });
      assert.deepEqual([read.name, read.tags], ["store", ["test"]]);
      await api.deleteVPC({ vpcId });
      await assert.rejects(api.getVPC({ vpcId }), { name: "ResourceNotFoundError", resource: "vpc" });
    });

    test("a VPC with a private network in it cannot be deleted", async (t) => {
      const { api } = await begin(t);
      const { id: vpcId } = await api.createVPC({ name: "shop", enableRouting: true });
      await api.createPrivateNetwork({ vpcId, defaultRoutePropagationEnabled: false });
      assert.equal((await api.getVPC({ vpcId })).privateNetworkCount, 1);
      await assert.rejects(api.deleteVPC({ vpcId }), { name: "PreconditionFailedError" });
    });

    test("routing and the spreading of custom routes are switched on", async (t) => {
      const { api } = await begin(t);
      const { id: vpcId } = await api.createVPC({ name: "shop", enableRouting: true });
      assert.equal((await api.enableRouting({ vpcId })).routingEnabled, true);
      assert.equal((await api.enableCustomRoutesPropagation({ vpcId })).customRoutesPropagationEnabled, true);
    });

    test("lists have the default VPC, come in pages and are filtered", async (t) => {
      const { api } = await begin(t);
      for (const name of ["b", "a", "c"]) await api.createVPC({ name, tags: [name], enableRouting: true });
      assert.equal((await api.listVPCs({ pageSize: 2 })).totalCount, 4);
      const all = await api.listVPCs({ pageSize: 2, orderBy: "name_asc" }).all();
      assert.deepEqual(
        all.map(({ name }) => name),
        ["a", "b", "c", "default"],
      );
      const [own] = await api.listVPCs({ isDefault: true }).all();
      assert.deepEqual([own?.name, own?.isDefault], ["default", true]);
      assert.equal((await api.listVPCs({ tags: ["c"] })).totalCount, 1);
      assert.equal((await api.listVPCs({ region: "nl-ams", isDefault: false })).totalCount, 0);
    });

    test("an access list is replaced as a whole, for IPv4 and IPv6 apart", async (t) => {
      const { api } = await begin(t);
      const { id: vpcId } = await api.createVPC({ name: "shop", enableRouting: true });
      const empty = await api.getAcl({ vpcId, isIpv6: false });
      assert.deepEqual([empty.rules, empty.defaultPolicy], [[], "accept"]);
      const rule: Vpcv2.AclRule = {
        protocol: "TCP",
        source: "0.0.0.0/0",
        srcPortLow: 0,
        srcPortHigh: 0,
        destination: "10.0.0.0/8",
        dstPortLow: 443,
        dstPortHigh: 443,
        action: "accept",
        description: "web",
      };
      const set = await api.setAcl({ vpcId, rules: [rule], isIpv6: false, defaultPolicy: "drop" });
      assert.deepEqual([set.rules, set.defaultPolicy], [[rule], "drop"]);
      assert.deepEqual(await api.getAcl({ vpcId, isIpv6: false }), set);
      assert.deepEqual((await api.getAcl({ vpcId, isIpv6: true })).rules, []);
    });
  });
}
