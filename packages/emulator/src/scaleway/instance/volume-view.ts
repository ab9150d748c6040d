import type { World } from "../../world.ts";
import { offsetDate } from "../dates.ts";
import { organizationOf } from "../project.ts";
import { localVolumeState } from "./local-volume-state.ts";
import { servers } from "./rows.ts";
import type { LocalVolumeRow } from "./rows.ts";

/** A local volume as instance v1 shows it, alone and inside a server. */
export function viewLocalVolume(world: World, row: LocalVolumeRow): Record<string, unknown> {
  return {
    id: row.id,
    name: row.name,
    volume_type: row.kind,
    export_uri: null,
    organization: organizationOf(world, row.projectId),
    project: row.projectId,
    server: viewServerRef(world, row.serverId),
    size: row.size,
    state: localVolumeState(world, row),
    creation_date: offsetDate(row.createdAt),
    modification_date: offsetDate(row.modifiedAt),
    tags: row.tags,
    zone: row.zone,
  };
}

export function viewServerRef(world: World, id: string | null): { id: string; name: string } | null {
  const server = id === null ? undefined : servers(world).get(id);
  return server ? { id: server.id, name: server.name } : null;
}
