import type { Subnet } from "@aws-sdk/client-ec2";
import { createCache } from "../cache.ts";
import type { Clients } from "./clients.ts";
import { Refused } from "../refused.ts";
import { regionOf } from "./region-of.ts";

const KEPT_MS = 600_000;

export interface Subnets {
  /** Where machines of that zone are that name no network. Throws `Refused` when the zone has no such place. */
  defaultOf(zone: string): Promise<SubnetFacts>;
  byId(id: string, zone: string): Promise<SubnetFacts>;
}

export interface SubnetFacts {
  id: string;
  vpc: string;
  hasIpv6: boolean;
}

export function createSubnets(clients: Clients): Subnets {
  const known = createCache<SubnetFacts>({ clock: clients.clock, ttlMs: KEPT_MS });
  const ask = async (zone: string, Filters: { Name: string; Values: string[] }[]) => {
    const ec2 = await clients.ec2("read", regionOf(zone));
    return (await ec2.describeSubnets({ Filters })).Subnets?.[0];
  };
  return {
    defaultOf: (zone) =>
      known.get(zone, async () => {
        const found = await ask(zone, [
          { Name: "availability-zone", Values: [zone] },
          { Name: "default-for-az", Values: ["true"] },
        ]);
        if (found === undefined)
          throw new Refused(
            `zone ${zone} has no default subnet`,
            "name a network, or make one with `aws ec2 create-default-subnet`",
          );
        return factsOf(found);
      }),
    byId: (id, zone) =>
      known.get(id, async () => {
        const found = await ask(zone, [{ Name: "subnet-id", Values: [id] }]);
        if (found === undefined) throw new Refused(`there is no subnet ${id} in ${regionOf(zone)}`);
        return factsOf(found);
      }),
  };
}

const factsOf = ({ SubnetId = "", VpcId = "", Ipv6CidrBlockAssociationSet = [] }: Subnet): SubnetFacts => ({
  id: SubnetId,
  vpc: VpcId,
  hasIpv6: Ipv6CidrBlockAssociationSet.some(
    ({ Ipv6CidrBlockState }) => Ipv6CidrBlockState?.State === "associated",
  ),
});
