import type { World } from "../../world.ts";
import { offsetDate } from "../dates.ts";
import { organizationOf } from "../project.ts";
import type { SnapshotRow } from "./snapshot-rows.ts";

/** A local snapshot as instance v1 shows it. */
export function viewSnapshot(world: World, row: SnapshotRow): Record<string, unknown> {
  return {
    id: row.id,
    name: row.name,
    volume_type: "l_ssd",
    creation_date: offsetDate(row.createdAt),
    modification_date: offsetDate(row.modifiedAt),
    organization: organizationOf(world, row.projectId),
    project: row.projectId,
    size: row.size,
    state: row.state,
    base_volume: row.baseVolume,
    tags: row.tags,
    zone: row.zone,
    error_details: null,
  };
}
