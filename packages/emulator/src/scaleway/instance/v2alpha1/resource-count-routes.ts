import { json } from "../../../http/route.ts";
import type { Answer, Call, Route } from "../../../http/route.ts";
import type { Row, Table } from "../../../table.ts";
import type { Catalog } from "../../catalog.ts";
import { equal, listed } from "../../listed.ts";
import { byProject, inOrganization } from "../../project.ts";
import { images } from "../image-rows.ts";
import { placementGroups } from "../placement-group-rows.ts";
import { ips, localVolumes, privateNics, securityGroups, servers } from "../rows.ts";
import { snapshots } from "../snapshot-rows.ts";
import { templates } from "./template-rows.ts";

/** How many there are of everything in a zone. */
export function resourceCountRoutes(catalog: Catalog): Route[] {
  return [
    {
      operation: "getResourceCounts",
      method: "GET",
      path: "/instance/v2alpha1/zones/{zone}/resource-counts",
      handle: (call) => countAll(call, catalog),
    },
  ];
}

function countAll(call: Call, catalog: Catalog): Answer {
  const { query, world } = call;
  const rowsOf = <R extends Row & { projectId: string }>(table: Table<R>): readonly R[] =>
    listed(call, table, [
      equal(query, "project_id", (row) => row.projectId, byProject),
      inOrganization(call),
    ]);
  const machines = rowsOf(servers(world));
  const types = Map.groupBy(machines, (row) => row.commercialType);
  const volumes = Map.groupBy(rowsOf(localVolumes(world)), (row) => row.kind);
  const [local, scratch] = [volumes.get("l_ssd") ?? [], volumes.get("scratch") ?? []];
  const addresses = rowsOf(ips(world));
  return json(200, {
    servers: machines.length,
    gpu_servers: machines.filter((row) => catalog.serverType(row.zone, row.commercialType)?.gpu).length,
    servers_by_type: Object.fromEntries([...types].map(([type, rows]) => [type, rows.length])),
    security_groups: rowsOf(securityGroups(world)).length,
    placement_groups: rowsOf(placementGroups(world)).length,
    snapshots: rowsOf(snapshots(world)).length,
    volumes: local.length + scratch.length,
    volumes_l_ssd: local.length,
    volumes_l_ssd_total_size: local.reduce((sum, row) => sum + row.size, 0),
    volumes_scratch: scratch.length,
    private_network_interfaces: rowsOf(privateNics(world)).length,
    templates: rowsOf(templates(world)).length,
    flexible_ips: addresses.length,
    unused_flexible_ips: addresses.filter((row) => row.serverId === null).length,
    images: rowsOf(images(world)).length,
  });
}
