import type { World } from "../../world.ts";
import { zuluDate } from "../dates.ts";
import { privateNics, servers } from "../instance/rows.ts";
import type { IpRow } from "../instance/rows.ts";
import { regionOf } from "../region-of.ts";
import { privateNetworks } from "../vpc/rows.ts";
import type { Holder, PrivateAddressRow, Reverse } from "./rows.ts";

/** An address, private or public, as ipam sees it. */
export interface IpamAddress {
  readonly id: string;
  /** With the length of its block. */
  readonly address: string;
  readonly projectId: string;
  readonly isIpv6: boolean;
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly attachedAt: number;
  readonly resource: Holder | null;
  readonly tags: readonly string[];
  readonly reverses: readonly Reverse[];
  readonly region: string;
  /** Where a public one is. */
  readonly zone: string | null;
  /** Where a private one is. */
  readonly privateNetworkId: string | null;
  readonly subnetId: string | null;
  readonly vpcId: string | null;
}

export function ofPrivate(world: World, row: PrivateAddressRow): IpamAddress {
  return {
    id: row.id,
    address: `${row.address}/${row.length}`,
    projectId: row.projectId,
    isIpv6: row.isIpv6,
    createdAt: row.createdAt,
    modifiedAt: row.modifiedAt,
    attachedAt: row.attachedAt ?? 0,
    resource: row.holder && resourceOf(world, row.holder),
    tags: row.tags,
    reverses: row.reverses,
    region: row.zone,
    zone: null,
    privateNetworkId: row.privateNetworkId,
    subnetId: row.subnetId,
    vpcId: privateNetworks(world).get(row.privateNetworkId)?.vpcId ?? null,
  };
}

export function ofPublic(row: IpRow): IpamAddress {
  const isIpv6 = row.family === "inet6";
  const server = { type: "instance_server", macAddress: null, name: null };
  return {
    id: row.id,
    address: `${row.address}/${isIpv6 ? 64 : 32}`,
    projectId: row.projectId,
    isIpv6,
    createdAt: row.createdAt,
    modifiedAt: row.createdAt,
    attachedAt: row.serverId === null ? 0 : row.createdAt,
    resource: row.serverId === null ? null : { ...server, id: row.serverId },
    tags: row.tags,
    reverses: row.reverse === null ? [] : [{ hostname: row.reverse, address: row.address }],
    region: regionOf(row.zone),
    zone: row.zone,
    privateNetworkId: null,
    subnetId: null,
    vpcId: null,
  };
}

/** A network card goes by its server's name, and ipam writes MAC addresses in capitals. */
function resourceOf(world: World, holder: Holder): Holder {
  const nic = privateNics(world).get(holder.id);
  if (!nic) return { ...holder, macAddress: holder.macAddress?.toUpperCase() ?? null };
  const server = nic.serverId === null ? undefined : servers(world).get(nic.serverId);
  return { ...holder, macAddress: nic.macAddress.toUpperCase(), name: server?.name ?? null };
}

export function viewAddress(row: IpamAddress): Record<string, unknown> {
  return {
    id: row.id,
    address: row.address,
    project_id: row.projectId,
    is_ipv6: row.isIpv6,
    created_at: zuluDate(row.createdAt),
    updated_at: zuluDate(row.modifiedAt),
    source: row.subnetId === null ? { zonal: row.zone } : { subnet_id: row.subnetId },
    resource: row.resource && {
      type: row.resource.type,
      id: row.resource.id,
      mac_address: row.resource.macAddress,
      name: row.resource.name,
    },
    tags: row.tags,
    reverses: row.reverses,
    region: row.region,
    zone: row.zone,
  };
}
