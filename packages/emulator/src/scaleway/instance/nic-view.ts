import { offsetDate } from "../dates.ts";
import type { PrivateNicRow } from "./rows.ts";

/** A network card as instance v1 shows it, alone and inside a server. */
export function viewNic(row: PrivateNicRow): Record<string, unknown> {
  return {
    id: row.id,
    private_network_id: row.privateNetworkId,
    server_id: row.serverId,
    mac_address: row.macAddress,
    state: "available",
    creation_date: offsetDate(row.createdAt),
    modification_date: offsetDate(row.createdAt),
    zone: row.zone,
    tags: row.tags,
    ipam_ip_ids: row.ipamIpIds,
  };
}
