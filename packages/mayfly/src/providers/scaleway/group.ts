import type { Instancev1 } from "@mayfly/scaleway";
import type { Firewall } from "../resources/firewalls.ts";
import type { Named } from "../resources/resources.ts";
import type { Clients } from "./clients.ts";
import { fromCloud } from "./firewall-rules.ts";
import type { Found } from "./kind.ts";
import { listRules } from "./list-rules.ts";
import { readMarks } from "./marks.ts";
import { isShared } from "./shared-mark.ts";

/** A security group with its rules, in the words that all providers share, and what else it takes to judge it. */
export interface FoundGroup extends Found<Firewall> {
  tags: string[];
  /** It lets in only what a rule says, and lets out all that no rule forbids. */
  isShut: boolean;
}

export async function getGroup(
  { read }: Clients,
  securityGroupId: string,
  zone: string,
): Promise<Instancev1.SecurityGroup> {
  const { securityGroup } = await read.instance.getSecurityGroup({ securityGroupId, zone });
  if (securityGroup === undefined) throw new Error("the answer holds no security group");
  return securityGroup;
}

export async function withRules(clients: Clients, group: Instancev1.SecurityGroup): Promise<FoundGroup> {
  const { id, zone, project, tags, servers } = group;
  const { stateful, inboundDefaultPolicy, outboundDefaultPolicy } = group;
  const rules = await listRules(clients, { securityGroupId: id, zone });
  const defaults = {
    inbound: actionOf(inboundDefaultPolicy),
    outbound: actionOf(outboundDefaultPolicy),
  };
  return {
    thing: { ...namedGroup(group), defaults, ...fromCloud(rules), machines: servers.length },
    projectId: project,
    tags,
    isShut: stateful && defaults.inbound === "drop" && defaults.outbound === "accept",
  };
}

/** A policy that is not known shuts nothing. */
const actionOf = (policy: Instancev1.SecurityGroupPolicy): "accept" | "drop" =>
  policy === "drop" ? "drop" : "accept";

export function namedGroup({ id, name, zone, tags, creationDate }: Instancev1.SecurityGroup): Named {
  return {
    id,
    name,
    place: zone,
    owner: readMarks(tags).owner,
    onDemand: isShared(tags),
    createdAt: creationDate?.getTime(),
  };
}
