import { json } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import { equal, listed } from "../listed.ts";
import type { Row, Table } from "../../table.ts";
import { byProject, inOrganization } from "../project.ts";
import { images } from "./image-rows.ts";
import { placementGroups } from "./placement-group-rows.ts";
import { ips, localVolumes, privateNics, securityGroups, servers } from "./rows.ts";
import { snapshots } from "./snapshot-rows.ts";

/** How much a project, or everybody, has of what. */
export function dashboardRoutes(): Route[] {
  const path = "/instance/v1/zones/{zone}/dashboard";
  return [{ operation: "getDashboard", method: "GET", path, handle: getDashboard }];
}

function getDashboard(call: Call): Answer {
  const { query, world } = call;
  const of = <R extends Row & { readonly projectId: string }>(table: Table<R>): readonly R[] =>
    listed(call, table, [
      equal<R>(query, "project", (row) => row.projectId, byProject as never),
      inOrganization<R>(call),
    ]);
  const machines = of(servers(world));
  const addresses = of(ips(world));
  const volumes = of(localVolumes(world)).filter(({ kind }) => kind === "l_ssd");
  const types = Object.groupBy(machines, ({ commercialType }) => commercialType);
  return json(200, {
    dashboard: {
      servers_count: machines.length,
      running_servers_count: machines.filter(({ state }) => state === "running").length,
      servers_by_types: Object.fromEntries(
        Object.entries(types).map(([type, those]) => [type, those?.length ?? 0]),
      ),
      images_count: of(images(world)).length,
      snapshots_count: of(snapshots(world)).length,
      ips_count: addresses.length,
      ips_unused: addresses.filter(({ serverId }) => serverId === null).length,
      security_groups_count: of(securityGroups(world)).length,
      volumes_count: of(localVolumes(world)).length,
      volumes_l_ssd_count: volumes.length,
      volumes_l_ssd_total_size: volumes.reduce((sum, { size }) => sum + size, 0),
      volumes_b_ssd_count: 0,
      volumes_b_ssd_total_size: 0,
      private_nics_count: of(privateNics(world)).length,
      placement_groups_count: of(placementGroups(world)).length,
    },
  });
}
