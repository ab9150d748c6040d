import type { World } from "../../world.ts";
import type { Catalog } from "../catalog.ts";
import { offsetDate } from "../dates.ts";
import { organizationOf } from "../project.ts";
import { ipv6Gateway, slaac } from "./addresses.ts";
import { viewImageOf } from "./image-view.ts";
import { ipState } from "./ip-states.ts";
import { viewNic } from "./nic-view.ts";
import { placementGroups } from "./placement-group-rows.ts";
import { viewPlacementGroup } from "./placement-group-view.ts";
import { byServer, ips, localVolumes, privateNics, securityGroups } from "./rows.ts";
import type { AttachedVolume, IpRow, ServerRow } from "./rows.ts";
import { allowedActions, isAttaching } from "./server-can.ts";
import { viewLocalVolume } from "./volume-view.ts";

/** A server as instance v1 shows it. */
export function viewServer(world: World, catalog: Catalog, row: ServerRow): Record<string, unknown> {
  const placementGroup = placementGroups(world).get(row.placementGroupId ?? "");
  const publicIps = viewPublicIps(world, row);
  return {
    id: row.id,
    name: row.name,
    arch: row.arch,
    commercial_type: row.commercialType,
    boot_type: row.bootType,
    organization: organizationOf(world, row.projectId),
    project: row.projectId,
    hostname: row.name,
    image: row.imageId ? viewImageOf(world, catalog, row.imageId) : null,
    volumes: Object.fromEntries(
      Object.entries(row.volumes).map(([slot, volume]) => [slot, viewAttached(world, volume, row.zone)]),
    ),
    tags: row.tags,
    state: row.state,
    protected: row.protected,
    state_detail: row.stateDetail,
    public_ip: publicIps[0] ?? null,
    public_ips: publicIps,
    mac_address: row.macAddress,
    routed_ip_enabled: true,
    ipv6: null,
    extra_networks: [],
    dynamic_ip_required: row.dynamicIpRequired,
    enable_ipv6: row.enableIpv6,
    private_ip: null,
    creation_date: offsetDate(row.createdAt),
    modification_date: offsetDate(row.modifiedAt),
    bootscript: null,
    security_group: {
      id: row.securityGroupId,
      name: securityGroups(world).get(row.securityGroupId)?.name ?? "Default security group",
    },
    location: row.hypervisor ? viewLocation(row.zone, row.hypervisor) : null,
    maintenances: [],
    allowed_actions: allowedActions(world, row),
    placement_group: placementGroup ? viewPlacementGroup(world, placementGroup, true) : null,
    private_nics: privateNics(world)
      .by(byServer, row.id)
      .map((nic) => viewNic(world, nic)),
    zone: row.zone,
    filesystems: (row.fileSystems ?? []).map(({ id, state }) => ({ filesystem_id: id, state })),
    end_of_service: false,
    dns: `${row.id}.pub.instances.scw.cloud`,
    ...(row.adminKeyId === null ? {} : { admin_password_encryption_ssh_key_id: row.adminKeyId }),
  };
}

/** The addresses in the order in which the cloud shows them: a dynamic one first. */
function viewPublicIps(world: World, row: ServerRow): Record<string, unknown>[] {
  const dynamic = row.dynamicIp
    ? [viewIpv4(row.dynamicIp, { dynamic: true, state: "pending", tags: [] })]
    : [];
  const attached = row.ipIds.flatMap((id) => ips(world).get(id) ?? []);
  const isFirst = (ip: IpRow): boolean => attached.find((one) => one.family === ip.family) === ip;
  return [
    ...dynamic,
    ...attached.map((ip) => viewAttachedIp(world, ip, { mac: row.macAddress, first: isFirst(ip) })),
  ];
}

/** Only the first address of a family reaches the machine by itself. */
function viewAttachedIp(
  world: World,
  ip: IpRow,
  { mac, first }: { mac: string; first: boolean },
): Record<string, unknown> {
  const state = ipState(world, ip);
  if (ip.family === "inet") {
    const v4 = viewIpv4(ip, { dynamic: false, state, tags: ip.tags });
    return first ? v4 : { ...v4, provisioning_mode: "manual" };
  }
  return {
    id: ip.id,
    address: slaac(ip.address, mac),
    dynamic: false,
    gateway: ipv6Gateway(mac),
    netmask: "64",
    family: "inet6",
    provisioning_mode: first ? "slaac" : "manual",
    tags: ip.tags,
    state,
    ipam_id: ip.id,
  };
}

function viewIpv4(
  ip: { id: string; address: string },
  more: { dynamic: boolean; state: string; tags: readonly string[] },
): Record<string, unknown> {
  return {
    id: ip.id,
    address: ip.address,
    dynamic: more.dynamic,
    gateway: "62.210.0.1",
    netmask: "32",
    family: "inet",
    provisioning_mode: "dhcp",
    tags: more.tags,
    state: more.state,
    ipam_id: ip.id,
  };
}

function viewAttached(world: World, volume: AttachedVolume, zone: string): Record<string, unknown> {
  const local = volume.kind === "sbs_volume" ? undefined : localVolumes(world).get(volume.id);
  if (local) return { boot: volume.boot, ...viewLocalVolume(world, local) };
  const state = isAttaching(world, volume) ? "attaching" : "available";
  return { boot: volume.boot, volume_type: volume.kind, id: volume.id, state, zone };
}

function viewLocation(zone: string, hypervisor: string): Record<string, string> {
  return { zone_id: zone, platform_id: "14", cluster_id: "40", hypervisor_id: hypervisor, node_id: "12" };
}
