import type { SecurityGroup } from "@aws-sdk/client-ec2";
import type { Firewall, FirewallRule, Firewalls, WantedFirewall } from "../resources/firewalls.ts";
import { attempt } from "./attempt.ts";
import type { Clients } from "./clients.ts";
import { describe } from "./describe.ts";
import { everyPage } from "./every-page.ts";
import { areSameRules, checkedRules, defaultRules, fromCloud, toCloud } from "./firewall-rules.ts";
import type { Kind } from "./kind.ts";
import { createNamed } from "./named.ts";
import { Refused } from "../refused.ts";
import { regionOf } from "./region-of.ts";
import { hasTag, ON_DEMAND, readShared, sharedTags } from "./shared-tags.ts";
import { vpcOf } from "./vpc-of.ts";

/** A group with this tag has been made, and its rules have not been set: who finds it so completes it. */
const UNFINISHED = "mayfly:unfinished";

interface FoundGroup extends Firewall {
  isUnfinished: boolean;
}

/**
 * Security groups of the default VPC: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html. They
 * accept what a rule says, and drop what none does; what goes out is accepted.
 */
export function createFirewalls(clients: Clients): Firewalls {
  const kind: Kind<FoundGroup, WantedFirewall> = {
    noun: "firewall",
    placeOf: regionOf,
    list: (region, signal) => listGroups(clients, region, signal),

    async order({ name, zone, rules }, by) {
      checkedRules(rules ?? defaultRules);
      const region = regionOf(zone);
      const vpc = await vpcOf(clients, region, undefined);
      const ec2 = await clients.ec2("create", region);
      return () =>
        ec2.createSecurityGroup({
          GroupName: name,
          Description: "made by Mayfly",
          VpcId: vpc.id,
          TagSpecifications: sharedTags("security-group", name, by, { Key: UNFINISHED, Value: "" }),
        });
    },

    async settle(found, { rules }, by) {
      const wanted = checkedRules(rules ?? defaultRules);
      if (found.isUnfinished && found.owner === by.owner) {
        by.fence?.();
        return replace(clients, found, wanted);
      }
      if (rules !== undefined && !areSameRules(found.rules, wanted))
        throw new Refused("it is there and has other rules", "leave the rules out, or choose another name");
      return found;
    },

    async keep({ id, place }) {
      const ec2 = await clients.ec2("create", place);
      await ec2.deleteTags({ Resources: [id], Tags: [{ Key: ON_DEMAND }] });
    },

    async remove({ id, place }) {
      const ec2 = await clients.ec2("delete", place);
      await ec2.deleteSecurityGroup({ GroupId: id });
    },
  };
  return {
    ...createNamed(kind, clients.clock),
    /** The new ones are added before the old ones go: for a moment there are both. */
    setRules: (id, zone, rules) =>
      attempt(`set the rules of firewall ${id} on aws ${regionOf(zone)}`, async () => {
        const checked = checkedRules(rules);
        const group = (await listGroups(clients, regionOf(zone))).find((each) => each.id === id);
        if (group === undefined) throw new Refused(`there is no firewall ${id} in ${regionOf(zone)}`);
        return replace(clients, group, checked);
      }),
  };
}

async function replace(clients: Clients, group: FoundGroup, rules: FirewallRule[]): Promise<FoundGroup> {
  const ec2 = await clients.ec2("create", group.place);
  const GroupId = group.id;
  const added = rules.filter((rule) => !group.rules.some((known) => areSameRules([known], [rule])));
  const gone = group.rules.filter((rule) => !rules.some((wanted) => areSameRules([wanted], [rule])));
  if (added.length > 0)
    await ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions: added.map(toCloud) });
  if (gone.length > 0) await ec2.revokeSecurityGroupIngress({ GroupId, IpPermissions: gone.map(toCloud) });
  if (group.isUnfinished) await ec2.deleteTags({ Resources: [GroupId], Tags: [{ Key: UNFINISHED }] });
  return { ...group, rules, isUnfinished: false };
}

async function listGroups(
  clients: Clients,
  region: string,
  abortSignal?: AbortSignal,
): Promise<FoundGroup[]> {
  const ec2 = await clients.ec2("read", region);
  const vpc = await vpcOf(clients, region, undefined);
  const groups = await everyPage(`security groups of ${region}`, async (NextToken) => {
    const Filters = [{ Name: "vpc-id", Values: [vpc.id] }];
    const answer = await ec2.describeSecurityGroups(
      { Filters, NextToken, MaxResults: 1_000 },
      { abortSignal },
    );
    return { items: answer.SecurityGroups, next: answer.NextToken };
  });
  const cards = await describe.interfaces(ec2, [{ Name: "vpc-id", Values: [vpc.id] }], abortSignal);
  return groups.map((group) =>
    toGroup(
      group,
      region,
      cards.filter(
        ({ Groups = [], Attachment }) =>
          Attachment?.InstanceId !== undefined && Groups.some(({ GroupId }) => GroupId === group.GroupId),
      ).length,
    ),
  );
}

const toGroup = (group: SecurityGroup, region: string, machines: number): FoundGroup => ({
  id: group.GroupId ?? "",
  name: group.GroupName ?? "",
  place: region,
  ...readShared(group.Tags),
  // EC2 knows rules that accept and no others.
  defaults: { inbound: "drop", outbound: (group.IpPermissionsEgress ?? []).length > 0 ? "accept" : "drop" },
  fixedRules: [],
  rules: (group.IpPermissions ?? []).flatMap(fromCloud),
  machines,
  isUnfinished: hasTag(group.Tags, UNFINISHED),
});
