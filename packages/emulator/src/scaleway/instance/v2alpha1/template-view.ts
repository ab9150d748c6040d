import { zuluDate } from "../../dates.ts";
import type { TemplateRow } from "./template-rows.ts";
import type { VolumeOrder } from "./volume-order.ts";

/** A template alone. */
export function viewTemplate(row: TemplateRow): Record<string, unknown> {
  return {
    ...viewTemplateSummary(row),
    volumes: row.volumes.map(viewVolumeOrder),
    private_networks: row.privateNetworkIds.map((id) => ({ private_network_id: id })),
    ...(row.rdpKeyId ? { windows_rdp_ssh_key_id: row.rdpKeyId } : {}),
  };
}

/** A template in a list: without its volumes and networks. What is not set is left out. */
export function viewTemplateSummary(row: TemplateRow): Record<string, unknown> {
  return {
    project_id: row.projectId,
    id: row.id,
    name: row.name,
    tags: row.tags,
    server_tags: row.serverTags,
    server_type: row.serverType,
    ...(row.securityGroupId ? { security_group_id: row.securityGroupId } : {}),
    ...(row.placementGroupId ? { placement_group_id: row.placementGroupId } : {}),
    public_ip_v4_count: row.ipv4Count,
    public_ip_v6_count: row.ipv6Count,
    filesystem_ids: row.fileSystemIds,
    created_at: zuluDate(row.createdAt),
    updated_at: zuluDate(row.modifiedAt),
    zone: row.zone,
  };
}

function viewVolumeOrder(order: VolumeOrder): Record<string, unknown> {
  return {
    volume_type: order.kind,
    name: order.name,
    tags: order.tags,
    ...(order.sizeBytes === null ? {} : { size: order.sizeBytes }),
    ...(order.snapshotId ? { base_snapshot_id: order.snapshotId } : {}),
    ...(order.imageLabel ? { image_label: order.imageLabel } : {}),
    ...(order.iops === null ? {} : { perf_iops: order.iops }),
  };
}
