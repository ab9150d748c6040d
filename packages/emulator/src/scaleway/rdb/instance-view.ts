import type { World } from "../../world.ts";
import { zuluDate } from "../dates.ts";
import { organizationOf } from "../project.ts";
import { upgradesOf } from "./engines.ts";
import type { Endpoint, InstanceRow } from "./rows.ts";

const HOUR_MS = 3_600_000;

export function viewInstance(world: World, row: InstanceRow): Record<string, unknown> {
  const { disabled, frequency, retention } = row.backup;
  const next = disabled ? null : zuluDate(row.createdAt + frequency * HOUR_MS);
  const open = row.endpoints.find(({ network }) => network === null);
  return {
    id: row.id,
    name: row.name,
    organization_id: organizationOf(world, row.projectId),
    project_id: row.projectId,
    status: row.status,
    engine: row.engine,
    upgradable_version: upgradesOf(row.engine).map(({ id, to }) => ({
      id,
      name: to.name,
      version: to.version,
      minor_version: to.minorVersion,
    })),
    endpoint: open ? viewEndpoint(open, row.zone) : null,
    endpoints: row.endpoints.map((one) => viewEndpoint(one, row.zone)),
    tags: row.tags,
    settings: row.settings,
    init_settings: row.initSettings,
    backup_schedule: { disabled, frequency, retention, next_run_at: next },
    backup_same_region: row.backupSameRegion,
    is_ha_cluster: row.isHa,
    high_availability_mode: "unknown_high_availability_mode",
    read_replicas: [],
    node_type: row.nodeType,
    volume: { ...row.volume, class: classOf(row.volume.type) },
    logs_policy: { max_age_retention: row.logs.maxAge, total_disk_retention: row.logs.totalDisk },
    maintenances: [],
    encryption: { enabled: row.encrypted },
    created_at: zuluDate(row.createdAt),
    region: row.zone,
  };
}

export function viewEndpoint({ id, ip, port, network }: Endpoint, region: string): Record<string, unknown> {
  const shown = { id, ip, port, name: null };
  if (!network) return { ...shown, load_balancer: {} };
  const { mode, serviceIp } = network;
  return {
    ...shown,
    private_network: {
      private_network_id: network.id,
      service_ip: serviceIp,
      provisioning_mode: mode,
      zone: `${region}-1`,
    },
  };
}

/** `sbs_5k` is of class `sbs`. */
export function classOf(volumeType: string): string {
  return volumeType.replace(/_.*/, "");
}
