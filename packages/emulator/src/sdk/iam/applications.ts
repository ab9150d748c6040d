import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Iamv1alpha1 } from "@scaleway/sdk-iam";
import type { Begin } from "../driving.ts";

export function applications(begin: Begin<Iamv1alpha1.API>): void {
  describe("applications", () => {
    test("an application is made, renamed and deleted", async (t) => {
      const { api: iam, beganAt, projectId: organizationId } = await begin(t);
      const made = await iam.createApplication({ name: "robot", description: "builds", tags: ["ci"] });
      assert.deepEqual(
        [made.name, made.description, made.tags, made.organizationId, made.createdAt],
        ["robot", "builds", ["ci"], organizationId, beganAt],
      );
      assert.deepEqual([made.editable, made.deletable, made.managed, made.nbApiKeys], [true, true, false, 0]);
      const applicationId = made.id;
      await iam.updateApplication({ applicationId, name: "builder", tags: [] });
      const read = await iam.getApplication({ applicationId });
      assert.deepEqual([read.name, read.description, read.tags], ["builder", "builds", []]);
      await iam.deleteApplication({ applicationId });
      await assert.rejects(iam.getApplication({ applicationId }), {
        name: "ResourceNotFoundError",
        resource: "application",
        resourceId: applicationId,
      });
    });

    test("lists come in pages, are ordered and filtered", async (t) => {
      const { api: iam } = await begin(t);
      for (const name of ["b", "a", "c"])
        await iam.createApplication({ name, description: "", tags: [name] });
      const request = { pageSize: 2, orderBy: "name_asc" } as const;
      assert.equal((await iam.listApplications(request)).totalCount, 3);
      const all = await iam.listApplications(request).all();
      assert.deepEqual(
        all.map(({ name }) => name),
        ["a", "b", "c"],
      );
      assert.equal((await iam.listApplications({ name: "b" })).totalCount, 1);
      assert.equal((await iam.listApplications({ tag: "c" })).totalCount, 1);
      const applicationIds = all.slice(0, 2).map(({ id }) => id);
      assert.equal((await iam.listApplications({ applicationIds })).totalCount, 2);
    });
  });
}
