import { didYouMean } from "../../lifecycle/nearest.ts";
import { createCache } from "../cache.ts";
import type { Clients } from "./clients.ts";
import { everyPage } from "./every-page.ts";
import { Refused } from "../refused.ts";

const KEPT_MS = 600_000;

export interface SecurityGroups {
  /** The id of the group with this id or name in that VPC. Throws `Refused` when there is none. */
  resolve(nameOrId: string, vpc: string, region: string): Promise<string>;
}

export function createSecurityGroups(clients: Clients): SecurityGroups {
  const groups = createCache<{ id: string; name: string }[]>({ clock: clients.clock, ttlMs: KEPT_MS });
  const of = (vpc: string, region: string) =>
    groups.get(vpc, async () => {
      const ec2 = await clients.ec2("read", region);
      return everyPage(`security groups of ${vpc}`, async (NextToken) => {
        const Filters = [{ Name: "vpc-id", Values: [vpc] }];
        const answer = await ec2.describeSecurityGroups({ Filters, NextToken, MaxResults: 1_000 });
        const items = answer.SecurityGroups?.map(({ GroupId = "", GroupName = "" }) => ({
          id: GroupId,
          name: GroupName,
        }));
        return { items, next: answer.NextToken };
      });
    });
  return {
    async resolve(nameOrId, vpc, region) {
      const matches = async () =>
        (await of(vpc, region)).find(({ id, name }) => id === nameOrId || name === nameOrId);
      const known = await matches();
      if (known !== undefined) return known.id;
      // Somebody may have made it meanwhile.
      groups.clear();
      const found = await matches();
      if (found !== undefined) return found.id;
      const names = (await of(vpc, region)).map(({ name }) => name);
      throw new Refused(
        `security group ${nameOrId} is unknown in ${vpc}`,
        didYouMean(nameOrId, names) ?? `there are: ${names.slice(0, 5).join(", ")}`,
      );
    },
  };
}
