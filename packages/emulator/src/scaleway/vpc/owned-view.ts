import type { Row } from "../../table.ts";
import type { World } from "../../world.ts";
import { zuluDate } from "../dates.ts";
import { organizationOf } from "../project.ts";

interface OwnedRow extends Row {
  readonly projectId: string;
  readonly modifiedAt: number;
}

/** What is shown alike of everything that a project has in a region. */
export function viewOwned(world: World, row: OwnedRow): Record<string, unknown> {
  return {
    id: row.id,
    name: row.name,
    tags: row.tags,
    organization_id: organizationOf(world, row.projectId),
    project_id: row.projectId,
    created_at: zuluDate(row.createdAt),
    updated_at: zuluDate(row.modifiedAt),
    region: row.zone,
  };
}
