import { listAll } from "@mayfly/scaleway";
import type { Instancev1 } from "@mayfly/scaleway";
import type { CommonProps } from "../common-props.ts";
import type { CommonAttributes, Kind } from "../kind.ts";
import { orAbsent } from "../or-absent.ts";
import { discard } from "../patience.ts";
import { sorted } from "../sorted.ts";
import { listRules, ruleProblems, toRule, toWire } from "./security-rules.ts";
import type { SecurityRule } from "./security-rules.ts";

export interface SecurityGroupProps extends CommonProps {
  /** @default app, id and stage */
  name?: string;
  /** A change replaces it. @default SCW_DEFAULT_ZONE, else fr-par-1 */
  zone?: string;
  /** @default none */
  tags?: string[];
  /** @default "" */
  description?: string;
  /** Whether answers to what was let through are let through. @default true */
  stateful?: boolean;
  /** What happens to what comes in and no rule speaks of. @default "drop" */
  inboundDefaultPolicy?: "accept" | "drop";
  /** What happens to what goes out and no rule speaks of. @default "accept" */
  outboundDefaultPolicy?: "accept" | "drop";
  /** Whether mail cannot be sent: ports 25, 465 and 587. @default true */
  blockSmtp?: boolean;
  /** In the order in which they are gone through; all of them, each time. @default none */
  rules?: SecurityRule[];
}

/** A firewall for instances of one zone. */
export interface SecurityGroup extends CommonAttributes {
  /** A UUID. */
  id: string;
  name: string;
  /** `fr-par-1` */
  zone: string;
  projectId: string;
  /** With the mark of the resource. */
  tags: string[];
  description: string;
  stateful: boolean;
  inboundDefaultPolicy: "accept" | "drop";
  outboundDefaultPolicy: "accept" | "drop";
  blockSmtp: boolean;
  /** Without those that the cloud adds to keep mail back. */
  rules: SecurityRule[];
}

interface Whole {
  group: Instancev1.SecurityGroup;
  rules: SecurityRule[];
}

/**
 * https://www.scaleway.com/en/developers/api/instance/#path-security-groups
 *
 * @example
 * const web = await SecurityGroup("web", {
 *   rules: [
 *     { port: 443 },
 *     { port: 22, ipRange: "10.0.0.0/8" },
 *     { direction: "outbound", action: "drop", protocol: "udp", ports: [6000, 6100] },
 *   ],
 * });
 */
export const securityGroup: Kind<SecurityGroupProps, SecurityGroup, Whole> = {
  name: "SecurityGroup",
  noun: "security group",
  place: (cloud, { zone }) => zone ?? cloud.zone,
  placeOf: ({ zone }) => zone,
  problems: ({ rules = [] }) => rules.flatMap(ruleProblems),

  list: (cloud, { place: zone, projectId: project, tag, name }) =>
    listAll(
      async (page, perPage) => {
        const tags = tag === undefined ? undefined : [tag];
        const query = { zone, page, perPage, project, name, tags };
        const { securityGroups, totalCount } = await cloud.instance.listSecurityGroups(query);
        return {
          items: securityGroups.map((group) => ({ ...group, createdAt: group.creationDate })),
          totalCount,
        };
      },
      { what: `security groups of ${zone}` },
    ),
  async read(cloud, { id: securityGroupId, place: zone }) {
    const answer = await orAbsent(() => cloud.instance.getSecurityGroup({ securityGroupId, zone }));
    if (answer?.securityGroup === undefined) return undefined;
    const rules = await listRules(cloud, { securityGroupId, zone });
    return { group: answer.securityGroup, rules: rules.map(toRule) };
  },
  async create(cloud, { name, tags, projectId: project, place: zone, props }) {
    const { securityGroup } = await cloud.instance.createSecurityGroup({
      zone,
      name,
      tags,
      project,
      description: props.description ?? "",
      ...policies(props),
    });
    return { id: securityGroup?.id ?? "" };
  },
  async update(cloud, { id: securityGroupId, place: zone, wanted, changed }) {
    const { name, tags, props } = wanted;
    // The rules first: they may let in what the new policy would not.
    if (changed.has("rules"))
      await cloud.instance.setSecurityGroupRules({
        securityGroupId,
        zone,
        rules: toWire(props.rules ?? []),
      });
    if ([...changed].some((field) => field !== "rules"))
      await cloud.instance.updateSecurityGroup({
        securityGroupId,
        zone,
        name,
        tags,
        description: props.description ?? "",
        ...policies(props),
      });
  },
  remove: (cloud, { id: securityGroupId, place: zone }) =>
    discard(cloud.clock, `security group ${securityGroupId} to go`, () =>
      cloud.instance.deleteSecurityGroup({ securityGroupId, zone }),
    ),

  fields: {
    projectId: { want: ({ projectId }) => projectId, is: ({ group }) => group.project, replaces: true },
    name: { want: ({ name }) => name, is: ({ group }) => group.name },
    tags: { want: ({ tags }) => tags, is: ({ group }) => sorted(group.tags) },
    description: { want: ({ props }) => props.description ?? "", is: ({ group }) => group.description ?? "" },
    policies: {
      want: ({ props }) => policies(props),
      is: ({ group }) => ({
        stateful: group.stateful,
        inboundDefaultPolicy: group.inboundDefaultPolicy,
        outboundDefaultPolicy: group.outboundDefaultPolicy,
        enableDefaultSecurity: group.enableDefaultSecurity,
      }),
    },
    rules: {
      want: ({ props }) => toWire(props.rules ?? []),
      is: ({ rules }) => toWire(rules),
    },
  },
  attributes: ({ group, rules }) => ({
    id: group.id,
    name: group.name,
    zone: group.zone,
    projectId: group.project,
    tags: group.tags,
    description: group.description ?? "",
    stateful: group.stateful,
    inboundDefaultPolicy: actionOf(group.inboundDefaultPolicy),
    outboundDefaultPolicy: actionOf(group.outboundDefaultPolicy),
    blockSmtp: group.enableDefaultSecurity,
    rules,
  }),
};

function policies(props: SecurityGroupProps) {
  const { stateful = true, inboundDefaultPolicy = "drop", outboundDefaultPolicy = "accept" } = props;
  return {
    stateful,
    inboundDefaultPolicy,
    outboundDefaultPolicy,
    enableDefaultSecurity: props.blockSmtp ?? true,
  };
}

const actionOf = (policy: Instancev1.SecurityGroupPolicy): "accept" | "drop" =>
  policy === "drop" ? "drop" : "accept";
