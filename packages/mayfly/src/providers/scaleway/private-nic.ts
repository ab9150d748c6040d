import type { Account } from "./account.ts";
import { regionOf } from "./region-of.ts";
import { throwRefusal } from "./throw-refusal.ts";

/** The machine's card in this private network; made when there is none. Returns its id. */
export async function ensurePrivateNic(
  account: Account,
  { serverId, zone, network, isNew, fence }: WantedNic,
): Promise<string> {
  // A machine that this attempt made has no card yet.
  const { privateNics } = isNew
    ? { privateNics: [] }
    : await account.read.instance.listPrivateNICs({ serverId, zone });
  const known = privateNics.find(({ privateNetworkId }) => privateNetworkId === network);
  if (known) return known.id;
  fence();
  const asked = account.create.instance.createPrivateNIC({ serverId, zone, privateNetworkId: network });
  const { privateNic } = await asked.catch((error: unknown) =>
    throwRefusal(error, {
      noun: "network",
      id: network,
      resource: "private_network",
      look: () => account.read.vpc.getPrivateNetwork({ privateNetworkId: network, region: regionOf(zone) }),
    }),
  );
  if (privateNic === undefined) throw new Error("the answer holds no network card");
  return privateNic.id;
}

export interface WantedNic {
  serverId: string;
  zone: string;
  network: string;
  /** Whether the machine was made just now. */
  isNew: boolean;
  fence: () => void;
}
