import { zuluDate } from "../dates.ts";
import type { BlockVolumeRow } from "./rows.ts";
import { volumeType } from "./volume-states.ts";

/** @param old v1alpha1 says less */
export function viewVolume(row: BlockVolumeRow, old = false): Record<string, unknown> {
  return {
    id: row.id,
    name: row.name,
    type: volumeType(row),
    size: row.size,
    project_id: row.projectId,
    created_at: zuluDate(row.createdAt),
    updated_at: zuluDate(row.modifiedAt),
    references: row.reference
      ? [
          {
            id: row.reference.id,
            product_resource_type: "instance_server",
            product_resource_id: row.reference.serverId,
            created_at: zuluDate(row.reference.createdAt),
            type: "exclusive",
            status: row.reference.status,
          },
        ]
      : [],
    parent_snapshot_id: row.parentSnapshotId,
    status: row.status,
    tags: row.tags,
    specs: { perf_iops: row.iops, class: "sbs" },
    last_detached_at: row.lastDetachedAt === null ? null : zuluDate(row.lastDetachedAt),
    ...(old ? {} : { kms_key_id: null }),
    zone: row.zone,
  };
}
