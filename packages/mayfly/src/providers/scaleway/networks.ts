import type { Vpcv2 } from "@mayfly/scaleway";
import type { Network, Networks, WantedNetwork } from "../resources/networks.ts";
import type { Clients } from "./clients.ts";
import { canonicalRange } from "../canonical-range.ts";
import { checkedRange } from "./checked-range.ts";
import { expectLasting } from "./expect-lasting.ts";
import { INSTANCE_ARRIVES_WITHIN_MS } from "./instance-arrives-within-ms.ts";
import type { Kind } from "./kind.ts";
import { lastingTags } from "./lasting-tags.ts";
import { listNetworks } from "./list-networks.ts";
import { readMarks } from "./marks.ts";
import { createNamed } from "./named.ts";
import { Refused } from "../refused.ts";
import { regionOf } from "./region-of.ts";
import { removeNetwork } from "./remove-network.ts";
import { isShared, sharedTags } from "./shared-mark.ts";
import { vpcNamed } from "./vpc-named.ts";

/** Private networks: https://www.scaleway.com/en/developers/api/vpc */
export function createNetworks(account: Clients): Networks {
  return createNamed(account, networks);
}

interface FoundNetwork {
  thing: Network;
  projectId: string;
  vpcId: string;
  tags: string[];
}

const networks: Kind<Network, WantedNetwork, FoundNetwork> = {
  noun: "network",
  placeOf: regionOf,

  checked: (wanted) => ({
    ...wanted,
    subnet: wanted.subnet === undefined ? undefined : checkedRange(wanted.subnet),
  }),

  list: async (clients, region) => (await listNetworks(clients, region)).map(toNetwork),
  named: async (clients, name, region) => (await listNetworks(clients, region, name)).map(toNetwork),

  async get({ read }, privateNetworkId, region) {
    const network = await read.vpc.getPrivateNetwork({ privateNetworkId, region });
    const { projectId, vpcId, tags } = network;
    return { thing: toNetwork(network), projectId, vpcId, tags };
  },

  async settle(clients, { thing, vpcId, tags }, { subnet, vpc }, by) {
    expectLasting(thing, by);
    if (subnet !== undefined && !thing.subnets.map(canonicalRange).includes(subnet))
      throw new Refused(
        `it is there and has ${thing.subnets.join(", ")}, not ${subnet}`,
        "leave the subnet out, or choose another name",
      );
    if (vpc !== undefined && (await vpcNamed(clients, vpc, thing.place)) !== vpcId)
      throw new Refused(
        `it is there in VPC ${vpcId}, not in ${vpc}`,
        "leave the VPC out, or choose another name",
      );
    if (by.onDemand || !thing.onDemand) return thing;
    // Now somebody wants it by itself.
    by.fence?.();
    const kept = await clients.create.vpc.updatePrivateNetwork({
      privateNetworkId: thing.id,
      region: thing.place,
      tags: lastingTags(tags, by.owner),
    });
    return toNetwork(kept);
  },

  async order(clients, { name, zone, subnet, vpc }, by) {
    const region = regionOf(zone);
    const vpcId = vpc === undefined ? undefined : await vpcNamed(clients, vpc, region);
    return async () => {
      const { id } = await clients.create.vpc.createPrivateNetwork({
        name,
        region,
        projectId: clients.create.projectId,
        vpcId,
        subnets: subnet === undefined ? undefined : [subnet],
        tags: sharedTags(by),
        defaultRoutePropagationEnabled: false,
      });
      return id;
    };
  },

  discard: (clients, privateNetworkId, region) =>
    clients.delete.vpc.deletePrivateNetwork({ privateNetworkId, region }),

  remove: removeNetwork,
  doubleRestsMs: INSTANCE_ARRIVES_WITHIN_MS,
};

function toNetwork({ id, name, region, tags, createdAt, subnets }: Vpcv2.PrivateNetwork): Network {
  return {
    id,
    name,
    place: region,
    owner: readMarks(tags).owner,
    onDemand: isShared(tags),
    createdAt: createdAt?.getTime(),
    subnets: subnets
      .map(({ subnet }) => subnet)
      .sort((a, b) => Number(a.includes(":")) - Number(b.includes(":"))),
  };
}
