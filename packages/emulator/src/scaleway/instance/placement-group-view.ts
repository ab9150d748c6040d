import type { World } from "../../world.ts";
import { organizationOf } from "../project.ts";
import type { PlacementGroupRow } from "./placement-group-rows.ts";

/**
 * A placement group as instance v1 shows it. We always find room as the policy wants it; inside a server the cloud
 * nevertheless says that the policy is not respected.
 */
export function viewPlacementGroup(
  world: World,
  row: PlacementGroupRow,
  inServer = false,
): Record<string, unknown> {
  return {
    id: row.id,
    name: row.name,
    organization: organizationOf(world, row.projectId),
    project: row.projectId,
    policy_mode: row.policyMode,
    policy_type: row.policyType,
    policy_respected: !inServer,
    tags: row.tags,
    zone: row.zone,
  };
}
