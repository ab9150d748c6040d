import { vpcPrivateNetwork } from "../../resources/vpc-private-network.ts";
import type { VpcPrivateNetwork, VpcPrivateNetworkProps } from "../../resources/vpc-private-network.ts";
import type { ResourceCase } from "../resource-case.ts";
import { PROJECT } from "../emulated-cloud.ts";

export const aPrivateNetwork: ResourceCase<VpcPrivateNetworkProps, VpcPrivateNetwork> = {
  kind: vpcPrivateNetwork as ResourceCase<VpcPrivateNetworkProps, VpcPrivateNetwork>["kind"],
  among: async (cloud) => {
    const body = { name: "around", project_id: PROJECT };
    return { vpc: (await cloud.call<{ id: string }>("POST", "/vpc/v2/regions/fr-par/vpcs", body)).id };
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
