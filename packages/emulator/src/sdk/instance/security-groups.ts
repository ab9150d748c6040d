import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Instancev1 } from "@scaleway/sdk-instance";
import type { Begin } from "../driving.ts";
import { aSecurityGroup } from "./a-security-group.ts";
import { aServer } from "./a-server.ts";

export function securityGroups(begin: Begin<Instancev1.API>): void {
  describe("security groups", () => {
    test("a group is made, changed, used and deleted", async (t) => {
      const { api: instance, beganAt } = await begin(t);
      const group = await aSecurityGroup(instance, { inboundDefaultPolicy: "drop", tags: ["web"] });
      assert.deepEqual(
        [
          group.name,
          group.description,
          group.inboundDefaultPolicy,
          group.outboundDefaultPolicy,
          group.stateful,
        ],
        ["web", "the front", "drop", "accept", true],
      );
      assert.deepEqual([group.creationDate, group.projectDefault, group.servers], [beganAt, false, []]);
      const securityGroupId = group.id;
      const updated = await instance.updateSecurityGroup({
        securityGroupId,
        name: "front",
        outboundDefaultPolicy: "drop",
      });
      assert.equal(updated.securityGroup?.state, "syncing");
      const { id } = await aServer(instance, { securityGroup: securityGroupId });
      const read = (await instance.getSecurityGroup({ securityGroupId })).securityGroup;
      assert.deepEqual(
        [read?.name, read?.state, read?.servers],
        ["front", "available", [{ id, name: "lab" }]],
      );
      await assert.rejects(instance.deleteSecurityGroup({ securityGroupId }), {
        name: "PreconditionFailedError",
        precondition: "resource_still_in_use",
      });
      await instance.deleteServer({ serverId: id });
      await instance.deleteSecurityGroup({ securityGroupId });
      await assert.rejects(instance.getSecurityGroup({ securityGroupId }), {
        name: "ResourceNotFoundError",
        resource: "instance_security_group",
      });
    });

    test("a group is written back whole", async (t) => {
      const { api: instance } = await begin(t);
      const group = await aSecurityGroup(instance);
      await instance["_setSecurityGroup"]({ ...group, name: "front", stateful: false });
      const { securityGroup } = await instance.getSecurityGroup({ securityGroupId: group.id });
      assert.deepEqual([securityGroup?.name, securityGroup?.stateful], ["front", false]);
    });

    test("lists begin with the project's default group", async (t) => {
      const { api: instance } = await begin(t);
      for (let i = 0; i < 4; i++) await aSecurityGroup(instance, { name: `g${i}`, tags: [`t${i}`] });
      assert.equal((await instance.listSecurityGroups({ perPage: 2 })).totalCount, 5);
      assert.equal((await instance.listSecurityGroups({ perPage: 2 }).all()).length, 5);
      const names = async (request: Instancev1.ListSecurityGroupsRequest): Promise<string[]> =>
        (await instance.listSecurityGroups(request)).securityGroups.map(({ name }) => name);
      assert.deepEqual(await names({ projectDefault: true }), ["Default security group"]);
      assert.deepEqual(await names({ tags: ["t2"] }), ["g2"]);
    });
  });
}
