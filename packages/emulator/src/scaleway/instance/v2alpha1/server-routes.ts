import { json, noContent } from "../../../http/route.ts";
import type { Answer, Call, Route } from "../../../http/route.ts";
import { pathUuid } from "../../../http/uuids.ts";
import type { Catalog } from "../../catalog.ts";
import { among, containing, equal, found, listed, queriedFlag, tagged, values } from "../../listed.ts";
import { byProject } from "../../project.ts";
import { byServer, privateNics, servers } from "../rows.ts";
import type { ServerRow } from "../rows.ts";
import { dropServer } from "../server-routes.ts";
import { createServer } from "./create-server.ts";
import { viewServer, viewServerSummary } from "./server-view.ts";
import { withDeleteOptions } from "./delete-options.ts";
import { tokenPage } from "./token-page.ts";
import { updateServer } from "./update-server.ts";

export const SERVERS = "/instance/v2alpha1/zones/{zone}/servers";

export function serverRoutes(catalog: Catalog): Route[] {
  const one = `${SERVERS}/{id}`;
  return [
    { operation: "listServers", method: "GET", path: SERVERS, handle: listServers },
    {
      operation: "createServer",
      method: "POST",
      path: SERVERS,
      handle: (call) => createServer(call, catalog),
    },
    {
      operation: "getServer",
      method: "GET",
      path: one,
      handle: (call) => json(200, viewServer(call.world, serverOf(call))),
    },
    {
      operation: "updateServer",
      method: "PATCH",
      path: one,
      handle: (call) => json(200, viewServer(call.world, updateServer(call, catalog, serverOf(call)))),
    },
    { operation: "deleteServer", method: "DELETE", path: one, handle: deleteServer },
  ];
}

export function serverOf(call: Call): ServerRow {
  return found(call, servers(call.world), { resource: "instance_server", id: pathUuid(call, "server_id") });
}

function listServers(call: Call): Answer {
  const { query, world } = call;
  const networks = values(query, "private_network_ids");
  const nics = (row: ServerRow) => privateNics(world).by(byServer, row.id);
  const macs = values(query, "mac_addresses");
  const rows = listed(call, servers(world), [
    containing(query, "name", (row) => row.name),
    equal(query, "project_id", (row) => row.projectId, byProject),
    equal(query, "server_type", (row) => row.commercialType),
    among(query, "server_ids", (row) => row.id),
    among(query, "security_group_ids", (row) => row.securityGroupId),
    among(query, "placement_group_ids", (row) => row.placementGroupId),
    tagged(query),
    networks.length === 0
      ? undefined
      : { test: (row) => nics(row).some((nic) => networks.includes(nic.privateNetworkId)) },
    macs.length === 0
      ? undefined
      : { test: (row) => [row, ...nics(row)].some((one) => macs.includes(one.macAddress)) },
  ]);
  const order = query.get("order_by") ?? "created_at_desc";
  return tokenPage(call, { key: "servers", rows, order, view: viewServerSummary });
}

function deleteServer(call: Call): Answer {
  const { query } = call;
  const flag = (name: string): boolean => queriedFlag(query, name) ?? false;
  dropServer(
    call,
    withDeleteOptions(call.world, serverOf(call), {
      allIps: flag("delete_all_ips"),
      ipIds: values(query, "delete_ip_ids"),
      allVolumes: flag("delete_all_volumes"),
      volumeIds: values(query, "delete_volume_ids"),
      keepNics: flag("keep_all_private_nics"),
      nicIds: query.has("delete_private_nic_ids") ? values(query, "delete_private_nic_ids") : undefined,
    }),
  );
  return noContent();
}
