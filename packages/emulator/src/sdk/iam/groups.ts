import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Iamv1alpha1 } from "@scaleway/sdk-iam";
import type { Begin } from "../driving.ts";

export function groups(begin: Begin<Iamv1alpha1.API>): void {
  describe("groups", () => {
    test("a group is made, renamed and deleted", async (t) => {
      const { api: iam, beganAt, projectId: organizationId } = await begin(t);
      const made = await iam.createGroup({ name: "robots", description: "all of them", tags: ["ci"] });
      assert.deepEqual(
        [made.name, made.description, made.tags, made.organizationId, made.createdAt],
        ["robots", "all of them", ["ci"], organizationId, beganAt],
      );
      const groupId = made.id;
      await iam.updateGroup({ groupId, name: "machines", description: "most of them" });
      const read = await iam.getGroup({ groupId });
      assert.deepEqual([read.name, read.description, read.tags], ["machines", "most of them", ["ci"]]);
      await iam.deleteGroup({ groupId });
      await assert.rejects(iam.getGroup({ groupId }), { name: "ResourceNotFoundError", resource: "group" });
    });

    test("members join and leave, one by one and together", async (t) => {
      const { api: iam } = await begin(t);
      const { id: groupId } = await iam.createGroup({ name: "robots", description: "" });
      const { id: applicationId } = await iam.createApplication({ name: "robot", description: "" });
      const { id: userId } = await iam.createUser({ email: "ada@example.com" });
      const members = ({ userIds, applicationIds }: Iamv1alpha1.Group): string[] => [
        ...userIds,
        ...applicationIds,
      ];
      assert.deepEqual(members(await iam.addGroupMember({ groupId, applicationId })), [applicationId]);
      assert.deepEqual(members(await iam.addGroupMembers({ groupId, userIds: [userId] })), [
        userId,
        applicationId,
      ]);
      assert.deepEqual(members(await iam.removeGroupMember({ groupId, applicationId })), [userId]);
      const set = await iam.setGroupMembers({ groupId, userIds: [], applicationIds: [applicationId] });
      assert.deepEqual(members(set), [applicationId]);
      await assert.rejects(iam.addGroupMember({ groupId, userId: groupId }), {
        name: "ResourceNotFoundError",
      });
    });

    test("lists come in pages, are ordered and filtered", async (t) => {
      const { api: iam } = await begin(t);
      for (const name of ["b", "a", "c"]) await iam.createGroup({ name, description: "", tags: [name] });
      const request = { pageSize: 2, orderBy: "name_asc" } as const;
      assert.equal((await iam.listGroups(request)).totalCount, 3);
      const all = await iam.listGroups(request).all();
      assert.deepEqual(
        all.map(({ name }) => name),
        ["a", "b", "c"],
      );
      assert.equal((await iam.listGroups({ tag: "c" })).totalCount, 1);
      assert.equal((await iam.listGroups({ groupIds: all.slice(1).map(({ id }) => id) })).totalCount, 2);
    });
  });
}
