import type { World } from "../../world.ts";
import { zuluDate } from "../dates.ts";
import { viewOwned } from "./owned-view.ts";
import type { PrivateNetworkRow, Subnet } from "./rows.ts";

export function viewNetwork(world: World, row: PrivateNetworkRow): Record<string, unknown> {
  return {
    ...viewOwned(world, row),
    subnets: row.subnets.map((subnet) => viewSubnet(row, subnet)),
    vpc_id: row.vpcId,
    dhcp_enabled: row.dhcpEnabled,
    default_route_propagation_enabled: row.defaultRoutePropagationEnabled,
    has_s3_integration: row.s3IntegrationEnabled,
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
