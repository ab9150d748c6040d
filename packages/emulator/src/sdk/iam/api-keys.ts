import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Iamv1alpha1 } from "@scaleway/sdk-iam";
import type { Begin } from "../driving.ts";

export function apiKeys(begin: Begin<Iamv1alpha1.API>): void {
  describe("API keys", () => {
    test("a key shows its secret once, and goes", async (t) => {
      const { api: iam, beganAt, projectId } = await begin(t);
      const { id: applicationId } = await iam.createApplication({ name: "robot", description: "" });
      const expiresAt = new Date(Number(beganAt) + 86_400_000);
      const made = await iam.createAPIKey({ applicationId, description: "for the build", expiresAt });
      assert.match(made.accessKey, /^SCW[A-Z0-9]{17}$/);
      assert.match(made.secretKey ?? "", /^[0-9a-f-]{36}$/);
      assert.deepEqual(
        [made.applicationId, made.description, made.defaultProjectId, made.createdAt, made.expiresAt],
        [applicationId, "for the build", projectId, beganAt, expiresAt],
      );
      const { accessKey } = made;
      await iam.updateAPIKey({ accessKey, description: "for the tests" });
      const read = await iam.getAPIKey({ accessKey });
      assert.deepEqual([read.description, read.secretKey ?? undefined], ["for the tests", undefined]);
      assert.equal((await iam.getApplication({ applicationId })).nbApiKeys, 1);
      await iam.deleteAPIKey({ accessKey });
      assert.equal((await iam.listAPIKeys({ applicationId })).totalCount, 0);
    });

    test("lists come in pages and are filtered by who bears the key", async (t) => {
      const { api: iam } = await begin(t);
      const { id: applicationId } = await iam.createApplication({ name: "robot", description: "" });
      for (const description of ["b", "a", "c"]) await iam.createAPIKey({ applicationId, description });
      const request = { applicationId, pageSize: 2 };
      assert.equal((await iam.listAPIKeys(request)).totalCount, 3);
      const all = await iam.listAPIKeys(request).all();
      assert.deepEqual(all.map(({ description }) => description).sort(), ["a", "b", "c"]);
      const accessKeys = all.slice(1).map(({ accessKey }) => accessKey);
      assert.equal((await iam.listAPIKeys({ accessKeys })).totalCount, 2);
      assert.equal((await iam.listAPIKeys({ bearerId: applicationId })).totalCount, 3);
    });
  });
}
