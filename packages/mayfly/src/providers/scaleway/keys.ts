import type { Iamv1alpha1 } from "@mayfly/scaleway";
import { listAll } from "@mayfly/scaleway";
import type { Key, Keys, WantedKey } from "../resources/keys.ts";
import type { Clients } from "./clients.ts";
import { cloudName, shownName } from "./key-name.ts";
import { INSTANCE_ARRIVES_WITHIN_MS } from "./instance-arrives-within-ms.ts";
import type { Found, Kind } from "./kind.ts";
import { createNamed } from "./named.ts";
import { orAbsent } from "./or-absent.ts";
import { fingerprint, publicKey } from "./public-key.ts";
import { Refused } from "../refused.ts";

/**
 * SSH keys of the project: https://www.scaleway.com/en/developers/api/iam. One that somebody asked for by itself carries no
 * mark, since keys have no tags; one that an instance wanted carries it in its name.
 */
export function createKeys(account: Clients): Keys {
  return createNamed(account, keys);
}

interface FoundKey extends Found<Key> {
  disabled: boolean;
}

const EVERYWHERE = "everywhere";

const keys: Kind<Key, WantedKey, FoundKey> = {
  noun: "key",
  placeOf: () => EVERYWHERE,
  checked: (wanted) => ({ ...wanted, publicKey: publicKey(wanted.publicKey) }),
  list: async (clients) => (await listKeys(clients)).map(({ thing }) => thing),
  named: async (clients) => (await listKeys(clients)).map(({ thing }) => thing),
  get: async ({ read }, sshKeyId) => toFound(await read.iam.getSSHKey({ sshKeyId })),

  async settle({ create }, { thing, disabled }, wanted, by) {
    if (thing.publicKey !== wanted.publicKey)
      throw new Refused(
        `${thing.id} has this name, and is another key: ${thing.fingerprint}, not ${fingerprint(wanted.publicKey)}`,
        "choose another name, or delete that key",
      );
    if (disabled) throw new Refused(`${thing.id} is there, and disabled`, "enable it, or delete it");
    if (by.onDemand || !thing.onDemand || thing.owner !== by.owner) return thing;
    // Now somebody wants it by itself.
    by.fence?.();
    return toFound(await create.iam.updateSSHKey({ sshKeyId: thing.id, name: wanted.name })).thing;
  },

  /** A machine lets in the keys of its project, whatever they are called. */
  async instead(clients, wanted, by) {
    if (!by.onDemand) return undefined;
    const same = (await listKeys(clients)).filter(
      ({ thing, disabled }) => thing.publicKey === wanted.publicKey && !disabled,
    );
    // One that stays, rather than one that goes with somebody's last instance.
    const [first] = same.sort((a, b) => Number(a.thing.onDemand) - Number(b.thing.onDemand));
    return first?.thing;
  },

  order:
    async ({ create }, wanted, by) =>
    async () => {
      const { id } = await create.iam.createSSHKey({
        name: cloudName(wanted.name, by),
        publicKey: wanted.publicKey,
        projectId: create.projectId,
      });
      return id;
    },

  discard: (clients, sshKeyId) => clients.delete.iam.deleteSSHKey({ sshKeyId }),
  remove: async (clients, { id }) => orAbsent(() => clients.delete.iam.deleteSSHKey({ sshKeyId: id })),
  doubleRestsMs: INSTANCE_ARRIVES_WITHIN_MS,
};

async function listKeys({ read }: Clients): Promise<FoundKey[]> {
  const all = await listAll(
    async (page, pageSize) => {
      const { sshKeys, totalCount } = await read.iam.listSSHKeys({
        page,
        pageSize,
        projectId: read.projectId,
        orderBy: "created_at_asc",
      });
      return { items: sshKeys, totalCount };
    },
    { what: "SSH keys", oldestFirst: true },
  );
  return all.map(toFound);
}

function toFound({ id, name, publicKey, createdAt, projectId, disabled }: Iamv1alpha1.SSHKey): FoundKey {
  const key = publicKey.trim().split(/\s+/).slice(0, 2).join(" ");
  return {
    thing: {
      id,
      ...shownName(name),
      place: EVERYWHERE,
      createdAt: createdAt?.getTime(),
      publicKey: key,
      fingerprint: fingerprint(key),
    },
    projectId,
    disabled,
  };
}
