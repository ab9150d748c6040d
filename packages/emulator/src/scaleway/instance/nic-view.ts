import type { World } from "../../world.ts";
import { offsetDate, zuluDate } from "../dates.ts";
import { addressesOf } from "../ipam/private-addresses.ts";
import { regionOf } from "../region-of.ts";
import type { PrivateNicRow } from "./rows.ts";

/** A network card as instance v1 shows it, alone and inside a server. */
export function viewNic(world: World, row: PrivateNicRow): Record<string, unknown> {
  return {
    id: row.id,
    private_network_id: row.privateNetworkId,
    server_id: row.serverId,
    mac_address: row.macAddress,
    state: row.status === "available" ? "available" : "syncing",
    creation_date: offsetDate(row.createdAt),
    modification_date: offsetDate(row.modifiedAt),
    zone: row.zone,
    tags: row.tags,
    ipam_ip_ids: ipIdsOf(world, row),
  };
}

/** The same as v2alpha1 shows it. */
export function viewInterface(world: World, row: PrivateNicRow): Record<string, unknown> {
  return {
    id: row.id,
    private_network_id: row.privateNetworkId,
    project_id: row.projectId,
    server_id: row.serverId ?? "",
    security_group_id: row.securityGroupId ?? "",
    mac_address: row.macAddress,
    status: row.status,
    ip_ids: ipIdsOf(world, row),
    tags: row.tags,
    created_at: zuluDate(row.createdAt),
    updated_at: zuluDate(row.modifiedAt),
  };
}

/** What v2alpha1 shows of it inside a server. */
export function viewServerInterface(world: World, row: PrivateNicRow): Record<string, unknown> {
  return {
    id: row.id,
    private_network_id: row.privateNetworkId,
    mac_address: row.macAddress,
    status: row.status,
    ip_ids: ipIdsOf(world, row),
    security_group_id: row.securityGroupId ?? "",
  };
}

function ipIdsOf(world: World, row: PrivateNicRow): string[] {
  return addressesOf(world, regionOf(row.zone), row.id).map(({ id }) => id);
}
