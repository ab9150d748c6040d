import { createHash } from "node:crypto";
import type { KeyPairInfo } from "@aws-sdk/client-ec2";
import type { Key, Keys, WantedKey } from "../resources/keys.ts";
import type { Clients } from "./clients.ts";
import type { Kind } from "./kind.ts";
import { createNamed } from "./named.ts";
import { Refused } from "../refused.ts";
import { regionOf } from "./region-of.ts";
import { ON_DEMAND, readShared, sharedTags } from "./shared-tags.ts";

/** Key pairs of a region: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ImportKeyPair.html */
export function createKeys(clients: Clients): Keys {
  const kind: Kind<Key, WantedKey> = {
    noun: "key",
    placeOf: regionOf,

    async list(region, abortSignal) {
      const ec2 = await clients.ec2("read", region);
      const { KeyPairs = [] } = await ec2.describeKeyPairs({ IncludePublicKey: true }, { abortSignal });
      return KeyPairs.map((pair) => toKey(pair, region));
    },

    async order(wanted, by) {
      const ec2 = await clients.ec2("create", regionOf(wanted.zone));
      return () =>
        ec2.importKeyPair({
          KeyName: wanted.name,
          PublicKeyMaterial: Buffer.from(bare(wanted.publicKey)),
          TagSpecifications: sharedTags("key-pair", wanted.name, by),
        });
    },

    async settle(found, wanted) {
      if (found.publicKey === bare(wanted.publicKey)) return found;
      throw new Refused(
        `${found.id} has this name, and is another key: ${found.fingerprint}, not ${fingerprint(bare(wanted.publicKey))}`,
        "choose another name, or delete that key",
      );
    },

    async keep({ id, place }) {
      const ec2 = await clients.ec2("create", place);
      await ec2.deleteTags({ Resources: [id], Tags: [{ Key: ON_DEMAND }] });
    },

    // By its id: somebody else may have taken the name meanwhile.
    async remove({ id, place }) {
      const ec2 = await clients.ec2("delete", place);
      await ec2.deleteKeyPair({ KeyPairId: id });
    },
  };
  return { ...createNamed(kind, clients.clock), mostPerMachine: 1 };
}

function toKey({ KeyPairId, KeyName, PublicKey, Tags, CreateTime }: KeyPairInfo, region: string): Key {
  const publicKey = bare(PublicKey ?? "");
  return {
    id: KeyPairId ?? "",
    name: KeyName ?? "",
    place: region,
    ...readShared(Tags),
    createdAt: CreateTime?.getTime(),
    publicKey,
    fingerprint: fingerprint(publicKey),
  };
}

/** Without its comment. */
const bare = (key: string): string => key.trim().split(/\s+/).slice(0, 2).join(" ");

/** As `ssh-keygen -l` shows it. */
function fingerprint(key: string): string {
  const [, data = ""] = key.split(" ");
  const digest = createHash("sha256").update(Buffer.from(data, "base64")).digest("base64");
  return `SHA256:${digest.replace(/=+$/, "")}`;
}
