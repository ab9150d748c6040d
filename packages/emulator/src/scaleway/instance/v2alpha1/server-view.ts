import type { World } from "../../../world.ts";
import { zuluDate } from "../../dates.ts";
import { ipState } from "../ip-states.ts";
import { viewServerInterface } from "../nic-view.ts";
import { byServer, ips, privateNics } from "../rows.ts";
import type { AttachedVolume, ServerRow } from "../rows.ts";

/** A server as v2alpha1 shows it: flat, and what is not set is left out. */
export function viewServer(world: World, row: ServerRow): Record<string, unknown> {
  const volumes = Object.values(row.volumes);
  const boot = volumes.find((volume) => volume.boot);
  return {
    ...viewServerSummary(row),
    zone: row.zone,
    status_detail: row.stateDetail,
    // No machine here makes up a password.
    ...(row.adminKeyId
      ? { windows_rdp_password: { encrypted_password: "", rdp_ssh_key_id: row.adminKeyId } }
      : {}),
    volumes: volumes.map((volume) => ({ id: volume.id, volume_type: volumeType(volume) })),
    ...(boot ? { boot_volume_id: boot.id } : {}),
    filesystems: (row.fileSystems ?? []).map(({ id, state }) => ({ id, status: state })),
    private_network_interfaces: privateNics(world)
      .by(byServer, row.id)
      .map((nic) => viewServerInterface(world, nic)),
    public_network_interface: {
      status: "available",
      mac_address: row.macAddress,
      security_group_id: row.securityGroupId,
      ips: viewIps(world, row),
      dns: `${row.id}.pub.instances.scw.cloud`,
    },
  };
}

/** A server in a list. */
export function viewServerSummary(row: ServerRow): Record<string, unknown> {
  return {
    project_id: row.projectId,
    id: row.id,
    name: row.name,
    tags: row.tags,
    server_type: row.commercialType,
    ...(row.placementGroupId ? { placement_group_id: row.placementGroupId } : {}),
    status: statusOf(row),
    architecture: row.arch === "arm64" ? "aarch64" : row.arch,
    created_at: zuluDate(row.createdAt),
    updated_at: zuluDate(row.modifiedAt),
    rescue_mode: row.bootType === "rescue",
  };
}

/** v1's states by v2alpha1's names; a reboot and a pause have their own. */
function statusOf(row: ServerRow): string {
  switch (row.state) {
    case "stopped":
      return "stopped";
    case "running":
      return "started";
    case "stopped in place":
      return "paused";
    case "starting":
      return row.stateDetail === "rebooting" ? "rebooting" : "starting";
    case "stopping":
      if (row.stateDetail === "rebooting") return "rebooting";
      return row.stateDetail === "stopping in place" ? "pausing" : "stopping";
    default:
      return row.state satisfies never;
  }
}

/** A dynamic address comes first; the first one is what the machine goes out with. */
function viewIps(world: World, row: ServerRow): Record<string, unknown>[] {
  const dynamic = row.dynamicIp ? [{ id: row.dynamicIp.id, dynamic: true, status: "pending" }] : [];
  const attached = row.ipIds
    .flatMap((id) => ips(world).get(id) ?? [])
    .map((ip) => ({ id: ip.id, dynamic: false, status: ipState(world, ip) }));
  return [...dynamic, ...attached].map((ip, i) => ({ ...ip, default: i === 0 }));
}

function volumeType(volume: AttachedVolume): string {
  return volume.kind === "sbs_volume" ? "sbs" : volume.kind;
}
