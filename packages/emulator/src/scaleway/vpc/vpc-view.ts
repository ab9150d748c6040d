import type { World } from "../../world.ts";
import { viewOwned } from "./owned-view.ts";
import { byVpc, privateNetworks } from "./rows.ts";
import type { VpcRow } from "./rows.ts";

export function viewVpc(world: World, row: VpcRow): Record<string, unknown> {
  return {
    ...viewOwned(world, row),
    is_default: row.isDefault,
    private_network_count: privateNetworks(world).by(byVpc, row.id).length,
    routing_enabled: row.routingEnabled,
    custom_routes_propagation_enabled: row.customRoutesPropagationEnabled,
    transitivity_enabled: row.transitivityEnabled,
    s3_integration_enabled: row.s3IntegrationEnabled,
  };
}
