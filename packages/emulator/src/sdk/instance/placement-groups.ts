import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Instancev1 } from "@scaleway/sdk-instance";
import type { Begin } from "../driving.ts";
import { aServer, readServer } from "./a-server.ts";

export function placementGroups(begin: Begin<Instancev1.API>): void {
  describe("placement groups", () => {
    test("a group is made, changed, replaced and deleted", async (t) => {
      const { api: instance, projectId } = await begin(t);
      const group = await aGroup(instance, { tags: ["db"] });
      assert.deepEqual(
        [group.name, group.policyMode, group.policyType, group.policyRespected, group.project, group.tags],
        ["apart", "optional", "max_availability", true, projectId, ["db"]],
      );
      const placementGroupId = group.id;
      const read = async (): Promise<unknown[]> => {
        const { placementGroup } = await instance.getPlacementGroup({ placementGroupId });
        return [placementGroup?.name, placementGroup?.policyMode, placementGroup?.policyType];
      };
      await instance.updatePlacementGroup({ placementGroupId, name: "far apart", policyMode: "enforced" });
      assert.deepEqual(await read(), ["far apart", "enforced", "max_availability"]);
      await instance.setPlacementGroup({
        placementGroupId,
        name: "together",
        policyMode: "optional",
        policyType: "low_latency",
      });
      assert.deepEqual(await read(), ["together", "optional", "low_latency"]);
      await instance.deletePlacementGroup({ placementGroupId });
      await assert.rejects(instance.getPlacementGroup({ placementGroupId }), {
        name: "ResourceNotFoundError",
        resource: "instance_placement_group",
      });
    });

    test("servers join a group when they are made, by themselves and by the group's list", async (t) => {
      const { api: instance } = await begin(t);
      const { id: placementGroupId } = await aGroup(instance);
      const blue = await aServer(instance, { name: "blue", placementGroup: placementGroupId });
      const green = await aServer(instance, { name: "green" });
      assert.equal(blue.placementGroup?.name, "apart");
      const members = (servers: Instancev1.PlacementGroupServer[]): string[] =>
        servers.map(({ name }) => name).sort();
      const read = await instance.getPlacementGroupServers({ placementGroupId });
      assert.deepEqual(read.servers, [{ id: blue.id, name: "blue", policyRespected: true }]);
      const both = await instance.setPlacementGroupServers({
        placementGroupId,
        servers: [blue.id, green.id],
      });
      assert.deepEqual(members(both.servers), ["blue", "green"]);
      const one = await instance.updatePlacementGroupServers({ placementGroupId, servers: [green.id] });
      assert.deepEqual(members(one.servers), ["green"]);
      assert.equal((await readServer(instance, blue.id)).placementGroup, undefined);
      await instance.updateServer({ serverId: green.id, placementGroup: null });
      assert.deepEqual((await instance.getPlacementGroupServers({ placementGroupId })).servers, []);
    });

    test("lists come in pages and are filtered", async (t) => {
      const { api: instance } = await begin(t);
      for (let i = 0; i < 5; i++) await aGroup(instance, { name: `g${i}`, tags: [`t${i}`] });
      assert.equal((await instance.listPlacementGroups({ perPage: 2 })).totalCount, 5);
      assert.equal((await instance.listPlacementGroups({ perPage: 2 }).all()).length, 5);
      assert.equal((await instance.listPlacementGroups({ tags: ["t3"] })).totalCount, 1);
      assert.equal((await instance.listPlacementGroups({ name: "g1" })).totalCount, 1);
    });
  });
}

async function aGroup(
  instance: Instancev1.API,
  given: Instancev1.CreatePlacementGroupRequest = {},
): Promise<Instancev1.PlacementGroup> {
  const { placementGroup } = await instance.createPlacementGroup({
    name: "apart",
    policyMode: "optional",
    policyType: "max_availability",
    ...given,
  });
  return placementGroup!;
}
