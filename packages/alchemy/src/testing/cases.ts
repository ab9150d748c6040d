import { securityGroup } from "../resources/security-group.ts";
import type { SecurityGroup, SecurityGroupProps } from "../resources/security-group.ts";
import { vpcPrivateNetwork } from "../resources/vpc-private-network.ts";
import type { VpcPrivateNetwork, VpcPrivateNetworkProps } from "../resources/vpc-private-network.ts";
import { vpc } from "../resources/vpc.ts";
import type { Vpc, VpcProps } from "../resources/vpc.ts";
import type { ResourceCase } from "./resource-case.ts";
import { PROJECT } from "./emulated-cloud.ts";

const VPCS = "/vpc/v2/regions/fr-par/vpcs";

const aVpc: ResourceCase<VpcProps, Vpc> = {
  kind: vpc as ResourceCase<VpcProps, Vpc>["kind"],
  props: () => ({ tags: ["team:web"] }),
  changed: () => ({ name: "app-it-dev", tags: ["team:db", "a"] }),
  replaced: () => ({ region: "nl-ams" }),
  leaves: ["vpc app-it-dev"],
  foreign: async (cloud, _, name) => {
    const body = { name, project_id: PROJECT, tags: ["theirs"] };
    return (await cloud.call<{ id: string }>("POST", VPCS, body)).id;
  },
  deletes: /^DELETE .*\/vpcs\/[^/]+$/,
};

const aSecurityGroup: ResourceCase<SecurityGroupProps, SecurityGroup> = {
  kind: securityGroup as ResourceCase<SecurityGroupProps, SecurityGroup>["kind"],
  props: () => ({ rules: [{ port: 443 }, { port: 22, ipRange: "10.0.0.0/8" }] }),
  changed: () => ({
    description: "shut",
    inboundDefaultPolicy: "accept",
    blockSmtp: false,
    rules: [
      { direction: "outbound", action: "drop", protocol: "udp", ports: [6000, 6100] },
      { action: "drop", ipRange: "10.0.0.1/32" },
      { protocol: "icmp" },
    ],
  }),
  replaced: () => ({ zone: "fr-par-2" }),
  leaves: ["securityGroup app-it-dev"],
  foreign: async (cloud, _, name) => {
    const body = { name, project: PROJECT, stateful: true };
    const path = "/instance/v1/zones/fr-par-1/security_groups";
    return (await cloud.call<{ security_group: { id: string } }>("POST", path, body)).security_group.id;
  },
  deletes: /^DELETE .*\/security_groups\/[^/]+$/,
};

const aPrivateNetwork: ResourceCase<VpcPrivateNetworkProps, VpcPrivateNetwork> = {
  kind: vpcPrivateNetwork as ResourceCase<VpcPrivateNetworkProps, VpcPrivateNetwork>["kind"],
  among: async (cloud) => {
    const made = await cloud.call<{ id: string }>("POST", VPCS, { name: "around", project_id: PROJECT });
    return { vpc: made.id };
  },
  props: ({ vpc }) => ({ vpc: { id: vpc! }, subnets: ["10.0.0.0/24"] }),
  changed: ({ vpc }) => ({ vpc, subnets: ["10.0.0.0/24"], tags: ["inside"] }),
  replaced: ({ vpc }) => ({ vpc, subnets: ["10.0.1.0/24"] }),
  adopting: ({ vpc }) => ({ vpc, subnets: ["10.0.9.0/24"] }),
  leaves: ["privateNetwork app-it-dev"],
  foreign: async (cloud, { vpc }, name) => {
    const body = { name, project_id: PROJECT, vpc_id: vpc, subnets: ["10.0.9.0/24"] };
    return (await cloud.call<{ id: string }>("POST", "/vpc/v2/regions/fr-par/private-networks", body)).id;
  },
  deletes: /^DELETE .*\/private-networks\/[^/]+$/,
};

/** One for each resource. */
export const CASES = { vpc: aVpc, privateNetwork: aPrivateNetwork, securityGroup: aSecurityGroup };
