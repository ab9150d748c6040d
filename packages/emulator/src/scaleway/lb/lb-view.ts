import type { Row } from "../../table.ts";
import type { World } from "../../world.ts";
import { zuluDate } from "../dates.ts";
import { organizationOf } from "../project.ts";
import { regionOf } from "../region-of.ts";
import { viewLbIp } from "./lb-ip.ts";
import { backends, byLb, frontends, ipsByLb, lbIps, lbNetworks, routes } from "./rows.ts";
import type { LbRow, Machine } from "./rows.ts";

/** Where other things show the load balancer that they belong to, most leave its machines out. */
export type Shown = "whole" | "without machines";

export function viewLb(world: World, row: LbRow, shown: Shown = "whole"): Record<string, unknown> {
  const place = { region: regionOf(row.zone), zone: row.zone };
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    status: row.status,
    instances: row.machine && shown === "whole" ? [{ ...viewMachine(row.machine), ...place }] : [],
    organization_id: organizationOf(world, row.projectId),
    project_id: row.projectId,
    ip: lbIps(world)
      .by(ipsByLb, row.id)
      .map((ip) => viewLbIp(world, ip)),
    tags: row.tags,
    frontend_count: frontends(world).by(byLb, row.id).length,
    backend_count: backends(world).by(byLb, row.id).length,
    private_network_count: lbNetworks(world).by(byLb, row.id).length,
    route_count: routes(world).by(byLb, row.id).length,
    type: row.type,
    subscriber: null,
    ssl_compatibility_level: row.sslCompatibilityLevel,
    ...viewDates(row),
    ...place,
  };
}

export function viewDates(row: Row & { readonly modifiedAt: number }): Record<string, string> {
  return { created_at: zuluDate(row.createdAt), updated_at: zuluDate(row.modifiedAt) };
}

function viewMachine(machine: Machine): Record<string, unknown> {
  return {
    id: machine.id,
    status: machine.status,
    ip_address: "",
    created_at: zuluDate(machine.createdAt),
    updated_at: zuluDate(machine.modifiedAt),
  };
}
