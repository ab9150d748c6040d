import type { World } from "../../world.ts";
import { zuluDate } from "../dates.ts";
import { organizationOf } from "../project.ts";
import type { PrivateNetworkRow, Subnet } from "./rows.ts";

export function viewNetwork(world: World, row: PrivateNetworkRow): Record<string, unknown> {
  return {
    id: row.id,
    name: row.name,
    tags: row.tags,
    organization_id: organizationOf(world, row.projectId),
    created_at: zuluDate(row.createdAt),
    updated_at: zuluDate(row.modifiedAt),
    project_id: row.projectId,
    subnets: row.subnets.map((subnet) => viewSubnet(row, subnet)),
    vpc_id: row.vpcId,
    dhcp_enabled: row.dhcpEnabled,
    default_route_propagation_enabled: row.defaultRoutePropagationEnabled,
    has_s3_integration: row.s3IntegrationEnabled,
    region: row.zone,
  };
}

export function viewSubnet(network: PrivateNetworkRow, subnet: Subnet): Record<string, unknown> {
  return {
    id: subnet.id,
    created_at: zuluDate(subnet.createdAt),
    updated_at: zuluDate(subnet.createdAt),
    subnet: subnet.cidr,
    project_id: network.projectId,
    private_network_id: network.id,
    vpc_id: network.vpcId,
    region: network.zone,
  };
}
