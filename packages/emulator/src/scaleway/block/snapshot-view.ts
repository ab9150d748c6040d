import type { World } from "../../world.ts";
import { zuluDate } from "../dates.ts";
import { blockVolumes } from "./rows.ts";
import type { BlockSnapshotRow } from "./rows.ts";
import { volumeType } from "./volume-states.ts";

/** @param old v1alpha1 says less */
export function viewSnapshot(world: World, row: BlockSnapshotRow, old = false): Record<string, unknown> {
  const volume = blockVolumes(world).get(row.volumeId ?? "");
  return {
    id: row.id,
    name: row.name,
    parent_volume: volume
      ? { id: volume.id, name: volume.name, type: volumeType(volume), status: volume.status }
      : null,
    size: row.size,
    project_id: row.projectId,
    created_at: zuluDate(row.createdAt),
    updated_at: zuluDate(row.modifiedAt),
    references: viewReferences(row),
    status: row.status === "available" && row.links.length > 0 ? "in_use" : row.status,
    tags: row.tags,
    class: "sbs",
    ...(old ? {} : { public: row.public }),
    zone: row.zone,
  };
}

function viewReferences(row: BlockSnapshotRow): Record<string, unknown>[] {
  const links = row.links.map((link) => ({
    id: link.id,
    product_resource_type: "instance_image",
    product_resource_id: link.imageId,
    created_at: zuluDate(link.createdAt),
    type: "link",
    status: "attached",
  }));
  if (!row.copying) return links;
  const copying = {
    id: row.copying.id,
    product_resource_type: "internal",
    product_resource_id: "00000000-0000-0000-0000-000000000000",
    created_at: zuluDate(row.copying.createdAt),
    type: "unknown_type",
    status: "attached",
  };
  return [...links, copying];
}
