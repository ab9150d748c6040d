import { iamSshKey } from "../../resources/iam-ssh-key.ts";
import type { IamSshKey, IamSshKeyProps } from "../../resources/iam-ssh-key.ts";
import type { ResourceCase } from "../resource-case.ts";
import { PROJECT } from "../emulated-cloud.ts";

const KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f";
const OTHER = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB8eHRwbGhkYFxYVFBMSERAPDg0MCwoJCAcGBQQDAgEA";

export const anIamSshKey: ResourceCase<IamSshKeyProps, IamSshKey> = {
  kind: iamSshKey as ResourceCase<IamSshKeyProps, IamSshKey>["kind"],
  props: () => ({ publicKey: `${KEY} me@laptop` }),
  changed: () => ({ publicKey: `${KEY} me@laptop`, name: "another" }),
  changedLeaves: ["sshKey another"],
  replaced: () => ({ publicKey: OTHER }),
  leaves: ["sshKey app-it-dev"],
  foreign: async (cloud, _, name) => {
    const body = { name, project_id: PROJECT, public_key: `${KEY} them@desk` };
    return (await cloud.call<{ id: string }>("POST", "/iam/v1alpha1/ssh-keys", body)).id;
  },
  deletes: /^DELETE .*\/ssh-keys\/[^/]+$/,
};
