import { securityGroup } from "../../resources/security-group.ts";
import type { SecurityGroup, SecurityGroupProps } from "../../resources/security-group.ts";
import type { ResourceCase } from "../resource-case.ts";
import { PROJECT } from "../emulated-cloud.ts";

export const aSecurityGroup: ResourceCase<SecurityGroupProps, SecurityGroup> = {
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
