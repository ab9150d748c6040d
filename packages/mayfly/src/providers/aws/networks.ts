import type { Subnet } from "@aws-sdk/client-ec2";
import { canonicalRange } from "../canonical-range.ts";
import type { Network, Networks, WantedNetwork } from "../resources/networks.ts";
import type { Clients } from "./clients.ts";
import { everyPage } from "./every-page.ts";
import { freeRange } from "./free-range.ts";
import type { Kind } from "./kind.ts";
import { nameOf } from "./marks.ts";
import { createNamed } from "./named.ts";
import { Refused } from "../refused.ts";
import { regionOf } from "./region-of.ts";
import { ON_DEMAND, readShared, sharedTags } from "./shared-tags.ts";
import { vpcOf } from "./vpc-of.ts";

interface FoundNetwork extends Network {
  vpc: string;
}

/**
 * A network is a subnet of one zone, in the default VPC unless another is named: its machines reach out, and can be reached,
 * as that VPC's routes say. A machine is in one network from its beginning to its end, so that one with machines is not
 * deleted. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSubnet.html
 */
export function createNetworks(clients: Clients): Networks {
  const kind: Kind<FoundNetwork, WantedNetwork> = {
    noun: "network",
    placeOf: (zone) => zone,

    list: async (zone, signal) =>
      (await subnetsOf(clients, zone, signal))
        .filter(({ AvailabilityZone }) => AvailabilityZone === zone)
        .map(toNetwork),

    async order(wanted, by) {
      const { name, zone, subnet, vpc } = wanted;
      const place = await vpcOf(clients, regionOf(zone), vpc);
      const taken = (await subnetsOf(clients, zone))
        .filter(({ VpcId }) => VpcId === place.id)
        .map(({ CidrBlock = "" }) => CidrBlock);
      const range = subnet === undefined ? freeRange(place.range, taken) : checked(subnet);
      if (range === undefined)
        throw new Refused(`VPC ${place.id} has no free range`, "name a range, or another VPC");
      const ec2 = await clients.ec2("create", regionOf(zone));
      return () =>
        ec2.createSubnet({
          VpcId: place.id,
          AvailabilityZone: zone,
          CidrBlock: range,
          TagSpecifications: sharedTags("subnet", name, by),
        });
    },

    async settle(found, { subnet, vpc, zone }) {
      if (subnet !== undefined && !found.subnets.includes(checked(subnet)))
        throw new Refused(
          `it is there and has ${found.subnets.join(", ")}, not ${subnet}`,
          "leave the subnet out, or choose another name",
        );
      if (vpc !== undefined && (await vpcOf(clients, regionOf(zone), vpc)).id !== found.vpc)
        throw new Refused(
          `it is there in VPC ${found.vpc}, not in ${vpc}`,
          "leave the VPC out, or choose another name",
        );
      return found;
    },

    async keep({ id, place }) {
      const ec2 = await clients.ec2("create", regionOf(place));
      await ec2.deleteTags({ Resources: [id], Tags: [{ Key: ON_DEMAND }] });
    },

    async remove({ id, place }) {
      const ec2 = await clients.ec2("delete", regionOf(place));
      await ec2.deleteSubnet({ SubnetId: id });
    },
  };
  return createNamed(kind, clients.clock);
}

async function subnetsOf(clients: Clients, zone: string, abortSignal?: AbortSignal): Promise<Subnet[]> {
  const ec2 = await clients.ec2("read", regionOf(zone));
  return everyPage(`subnets of ${regionOf(zone)}`, async (NextToken) => {
    const answer = await ec2.describeSubnets({ NextToken, MaxResults: 1_000 }, { abortSignal });
    return { items: answer.Subnets, next: answer.NextToken };
  });
}

const toNetwork = (subnet: Subnet): FoundNetwork => ({
  id: subnet.SubnetId ?? "",
  name: nameOf(subnet.Tags),
  place: subnet.AvailabilityZone ?? "",
  ...readShared(subnet.Tags),
  subnets: [
    subnet.CidrBlock ?? "",
    ...(subnet.Ipv6CidrBlockAssociationSet ?? []).map(({ Ipv6CidrBlock }) => Ipv6CidrBlock ?? ""),
  ],
  vpc: subnet.VpcId ?? "",
});

/** https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html: "between a /28 netmask and /16 netmask". */
function checked(text: string): string {
  const range = canonicalRange(text);
  const bits = Number(range?.split("/")[1]);
  if (range === undefined || range.includes(":") || bits < 16 || bits > 28)
    throw new Refused(
      `${JSON.stringify(text)} is not an IPv4 range from /16 to /28`,
      "write it like 172.31.100.0/24",
    );
  return range;
}
