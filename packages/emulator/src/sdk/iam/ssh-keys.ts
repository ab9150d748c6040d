import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Iamv1alpha1 } from "@scaleway/sdk-iam";
import type { Begin } from "../driving.ts";

export function sshKeys(begin: Begin<Iamv1alpha1.API>): void {
  describe("SSH keys", () => {
    test("a key is uploaded without its comment, renamed, disabled and deleted", async (t) => {
      const { api: iam, beganAt, projectId } = await begin(t);
      const made = await iam.createSSHKey({ name: "laptop", publicKey: `${PUBLIC_KEY} me@laptop` });
      assert.deepEqual(
        [made.name, made.publicKey, made.projectId, made.disabled, made.createdAt],
        ["laptop", PUBLIC_KEY, projectId, false, beganAt],
      );
      assert.match(made.fingerprint, /^256 MD5:[0-9a-f:]{47} \(ssh-ed25519\)$/);
      const sshKeyId = made.id;
      await iam.updateSSHKey({ sshKeyId, name: "desktop", disabled: true });
      const read = await iam.getSSHKey({ sshKeyId });
      assert.deepEqual([read.name, read.disabled], ["desktop", true]);
      await iam.deleteSSHKey({ sshKeyId });
      await assert.rejects(iam.getSSHKey({ sshKeyId }), {
        name: "ResourceNotFoundError",
        resource: "ssh_key",
      });
    });

    test("what is no key is refused", async (t) => {
      const { api: iam } = await begin(t);
      await assert.rejects(iam.createSSHKey({ name: "laptop", publicKey: "my dog" }), {
        name: "InvalidArgumentsError",
      });
    });

    test("lists come in pages, are ordered and filtered", async (t) => {
      const { api: iam } = await begin(t);
      for (const name of ["b", "a", "c"]) await iam.createSSHKey({ name, publicKey: PUBLIC_KEY });
      const request = { pageSize: 2, orderBy: "name_asc" } as const;
      assert.equal((await iam.listSSHKeys(request)).totalCount, 3);
      assert.deepEqual(
        (await iam.listSSHKeys(request).all()).map(({ name }) => name),
        ["a", "b", "c"],
      );
      assert.equal((await iam.listSSHKeys({ name: "c" })).totalCount, 1);
      assert.equal((await iam.listSSHKeys({ disabled: true })).totalCount, 0);
    });
  });
}

const PUBLIC_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIO0qVxmVPmLpBdTmJKK0ezSqsCk5T2kTGn5xQ5dpdG4P";
