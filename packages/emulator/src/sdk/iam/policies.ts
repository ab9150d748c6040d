import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Iamv1alpha1 } from "@scaleway/sdk-iam";
import type { Begin } from "../driving.ts";

export function policies(begin: Begin<Iamv1alpha1.API>): void {
  describe("policies", () => {
    test("a policy gives an application what its rules say", async (t) => {
      const { api: iam, beganAt, projectId } = await begin(t);
      const { id: applicationId } = await iam.createApplication({ name: "robot", description: "" });
      const made = await iam.createPolicy({
        name: "servers",
        description: "may do servers",
        applicationId,
        tags: ["ci"],
        rules: [{ permissionSetNames: ["InstancesFullAccess"], projectIds: [projectId], condition: "" }],
      });
      assert.deepEqual(
        [made.name, made.description, made.applicationId, made.tags, made.createdAt],
        ["servers", "may do servers", applicationId, ["ci"], beganAt],
      );
      const policyId = made.id;
      const [rule] = await iam.listRules({ policyId }).all();
      assert.deepEqual(
        [rule?.permissionSetNames, rule?.projectIds, rule?.permissionSetsScopeType],
        [["InstancesFullAccess"], [projectId], "projects"],
      );
      const { rules } = await iam.setRules({
        policyId,
        rules: [
          { permissionSetNames: ["InstancesReadOnly"], projectIds: [projectId], condition: "" },
          { permissionSetNames: ["IAMReadOnly"], organizationId: projectId, condition: "" },
        ],
      });
      assert.deepEqual(rules.map(({ permissionSetsScopeType }) => permissionSetsScopeType).sort(), [
        "organization",
        "projects",
      ]);
      assert.equal((await iam.getPolicy({ policyId })).nbRules, 2);
    });

    test("a policy is renamed, cloned and deleted", async (t) => {
      const { api: iam } = await begin(t);
      const { id: policyId } = await iam.createPolicy({
        name: "nothing",
        description: "",
        noPrincipal: true,
      });
      await iam.updatePolicy({ policyId, name: "little", description: "next to nothing" });
      const read = await iam.getPolicy({ policyId });
      assert.deepEqual([read.name, read.description, read.noPrincipal], ["little", "next to nothing", true]);
      const clone = await iam.clonePolicy({ policyId });
      assert.notEqual(clone.id, policyId);
      await iam.deletePolicy({ policyId });
      await assert.rejects(iam.getPolicy({ policyId }), {
        name: "ResourceNotFoundError",
        resource: "policy",
      });
      assert.equal((await iam.listPolicies({ policyIds: [clone.id] })).totalCount, 1);
    });

    test("lists come in pages, are ordered and filtered", async (t) => {
      const { api: iam } = await begin(t);
      for (const name of ["b", "a", "c"])
        await iam.createPolicy({ name, description: "", noPrincipal: true, tags: [name] });
      const request = { pageSize: 2, orderBy: "policy_name_asc" } as const;
      assert.equal((await iam.listPolicies(request)).totalCount, 3);
      assert.deepEqual(
        (await iam.listPolicies(request).all()).map(({ name }) => name),
        ["a", "b", "c"],
      );
      assert.equal((await iam.listPolicies({ policyName: "b" })).totalCount, 1);
      assert.equal((await iam.listPolicies({ tag: "c" })).totalCount, 1);
    });

    test("permission sets are what rules are made of", async (t) => {
      const { api: iam } = await begin(t);
      const sets = await iam.listPermissionSets({ pageSize: 2 }).all();
      const names = sets.map(({ name }) => name);
      assert.ok(names.includes("InstancesFullAccess") && names.includes("AllProductsFullAccess"));
    });
  });
}
