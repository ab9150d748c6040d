import type { World } from "../../world.ts";
import { zuluDate } from "../dates.ts";
import { organizationOf } from "../project.ts";
import { byVpc, privateNetworks } from "./rows.ts";
import type { VpcRow } from "./rows.ts";

export function viewVpc(world: World, row: VpcRow): Record<string, unknown> {
  return {
    id: row.id,
    name: row.name,
    tags: row.tags,
    organization_id: organizationOf(world, row.projectId),
    created_at: zuluDate(row.createdAt),
    updated_at: zuluDate(row.modifiedAt),
    project_id: row.projectId,
    is_default: row.isDefault,
    private_network_count: privateNetworks(world).by(byVpc, row.id).length,
    routing_enabled: row.routingEnabled,
    custom_routes_propagation_enabled: row.customRoutesPropagationEnabled,
    transitivity_enabled: row.transitivityEnabled,
    s3_integration_enabled: row.s3IntegrationEnabled,
    region: row.zone,
  };
}
