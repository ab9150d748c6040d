import { listAll } from "@mayfly/scaleway";
import type { Iamv1alpha1 } from "@mayfly/scaleway";
import type { CommonProps } from "../common-props.ts";
import type { CommonAttributes, Kind } from "../kind.ts";
import { orAbsent } from "../or-absent.ts";
import { discard } from "../patience.ts";

export interface IamSshKeyProps extends CommonProps {
  /** @default app, id and stage */
  name?: string;
  /** In OpenSSH's format: `ssh-ed25519 AAAA… comment`. A change replaces it. */
  publicKey: string;
}

/** A key that opens the instances of its project that boot after it was made. */
export interface IamSshKey extends CommonAttributes {
  /** A UUID. */
  id: string;
  name: string;
  projectId: string;
  publicKey: string;
  fingerprint: string;
}

/**
 * https://www.scaleway.com/en/developers/api/iam/#path-ssh-keys
 *
 * @example
 * await IamSshKey("me", { publicKey: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI… me@laptop" });
 */
export const iamSshKey: Kind<IamSshKeyProps, IamSshKey, Iamv1alpha1.SSHKey> = {
  name: "IamSshKey",
  noun: "SSH key",
  place: (cloud, { projectId }) => projectId ?? cloud.projectId,
  placeOf: ({ projectId }) => projectId,
  // Keys have no tags.
  ownedBy: "claim",
  uniqueName: true,
  problems: ({ publicKey }) =>
    /^(ssh|ecdsa|sk)-[\w@.-]+ [\w+/=]+( .*)?$/.test(publicKey.trim())
      ? []
      : ["publicKey is none in OpenSSH's format: `ssh-ed25519 AAAA…`"],

  async list(cloud, { place: projectId, name }) {
    const keys = await listAll(
      async (page, pageSize) => {
        const query = { page, pageSize, projectId, name, orderBy: "created_at_asc" } as const;
        const { sshKeys, totalCount } = await cloud.iam.listSSHKeys(query);
        return { items: sshKeys, totalCount };
      },
      { what: "SSH keys", oldestFirst: true },
    );
    return keys.map(({ id, name, createdAt }) => ({ id, name, createdAt, tags: [] }));
  },
  read: (cloud, { id: sshKeyId }) => orAbsent(() => cloud.iam.getSSHKey({ sshKeyId })),
  create: (cloud, { name, projectId, props: { publicKey } }) =>
    cloud.iam.createSSHKey({ name, projectId, publicKey: publicKey.trim() }),
  update: async (cloud, { id: sshKeyId, wanted: { name } }) => {
    await cloud.iam.updateSSHKey({ sshKeyId, name, disabled: false });
  },
  remove: (cloud, { id: sshKeyId }) =>
    discard(cloud.clock, `SSH key ${sshKeyId} to go`, () => cloud.iam.deleteSSHKey({ sshKeyId })),

  fields: {
    publicKey: {
      want: ({ props }) => withoutComment(props.publicKey),
      is: ({ publicKey }) => withoutComment(publicKey),
      replaces: true,
    },
    name: { want: ({ name }) => name, is: ({ name }) => name },
    disabled: { want: () => false, is: ({ disabled }) => disabled },
  },
  // Two of one name could not be told apart.
  oldGoesFirst: ({ name }, old) => old.name === name,
  attributes: ({ id, name, projectId, publicKey, fingerprint }) => ({
    id,
    name,
    projectId,
    publicKey,
    fingerprint,
  }),
};

const withoutComment = (publicKey: string): string => publicKey.trim().split(/\s+/).slice(0, 2).join(" ");
