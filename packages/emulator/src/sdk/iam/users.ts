import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Iamv1alpha1 } from "@scaleway/sdk-iam";
import type { Begin } from "../driving.ts";

export function users(begin: Begin<Iamv1alpha1.API>): void {
  describe("users", () => {
    test("a member is let in, described, renamed, locked out, let in again and sent away", async (t) => {
      const { api: iam, beganAt, projectId: organizationId } = await begin(t);
      const made = await iam.createUser({ email: "ada@example.com", tags: ["new"] });
      assert.deepEqual(
        [made.email, made.type, made.organizationId, made.tags, made.locked, made.createdAt],
        ["ada@example.com", "member", organizationId, ["new"], false, beganAt],
      );
      const userId = made.id;
      await iam.updateUser({ userId, firstName: "Ada", lastName: "Lovelace", tags: [] });
      assert.equal((await iam.updateUserUsername({ userId, username: "ada" })).username, "ada");
      assert.equal((await iam.lockUser({ userId })).locked, true);
      assert.equal((await iam.unlockUser({ userId })).locked, false);
      const read = await iam.getUser({ userId });
      assert.deepEqual(
        [read.firstName, read.lastName, read.username, read.tags],
        ["Ada", "Lovelace", "ada", []],
      );
      await iam.deleteUser({ userId });
      await assert.rejects(iam.getUser({ userId }), { name: "ResourceNotFoundError", resource: "user" });
    });

    test("the owner is always there and cannot be sent away", async (t) => {
      const { api: iam } = await begin(t);
      const { users } = await iam.listUsers({ type: "owner" });
      assert.deepEqual(
        users.map(({ deletable }) => deletable),
        [false],
      );
      await assert.rejects(iam.deleteUser({ userId: users[0]?.id ?? "" }), {
        name: "PreconditionFailedError",
        precondition: "protected_resource",
      });
    });

    test("lists come in pages and are filtered", async (t) => {
      const { api: iam } = await begin(t);
      for (const name of ["b", "a", "c"])
        await iam.createUser({ email: `${name}@example.com`, tags: [name] });
      assert.equal((await iam.listUsers({ pageSize: 2 })).totalCount, 4);
      const all = await iam.listUsers({ pageSize: 2 }).all();
      assert.equal(all.length, 4);
      assert.equal((await iam.listUsers({ type: "member" })).totalCount, 3);
      assert.equal((await iam.listUsers({ tag: "c" })).totalCount, 1);
      assert.equal((await iam.listUsers({ userIds: all.slice(0, 2).map(({ id }) => id) })).totalCount, 2);
    });
  });
}
