import { invalidArgument, outOfStock, preconditionFailed, wrongState } from "../../http/refusal.ts";
import { headerPage } from "../../http/page.ts";
import { json, noContent } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import type { Catalog } from "../catalog.ts";
import { among, containing, equal, found, listed, queriedFlag, tagged, when } from "../listed.ts";
import { byProject, inOrganization } from "../project.ts";
import { SENTINELS } from "../seed/sentinels.ts";
import { backupServer } from "./backup-server.ts";
import { createServer } from "./create-server.ts";
import { fakeTask } from "./fake-task.ts";
import { networkFilters } from "./network-filters.ts";
import { ips, servers } from "./rows.ts";
import type { ServerRow } from "./rows.ts";
import { ACTIONS, allowedActions } from "./server-can.ts";
import type { Action } from "./server-can.ts";
import { removeServer, startAction } from "./server-states.ts";
import { viewServer } from "./server-view.ts";
import { setServer, updateServer } from "./update-server.ts";

const SERVERS = "/instance/v1/zones/{zone}/servers";

export function serverRoutes(catalog: Catalog): Route[] {
  const view = (call: Call, row: ServerRow): Record<string, unknown> => viewServer(call.world, catalog, row);
  return [
    { operation: "listServers", method: "GET", path: SERVERS, handle: (call) => listServers(call, catalog) },
    {
      operation: "createServer",
      method: "POST",
      path: SERVERS,
      handle: (call) => createServer(call, catalog),
    },
    {
      operation: "getServer",
      method: "GET",
      path: `${SERVERS}/{id}`,
      handle: (call) => json(200, { server: view(call, serverOf(call)) }),
    },
    {
      operation: "updateServer",
      method: "PATCH",
      path: `${SERVERS}/{id}`,
      handle: (call) => json(200, { server: view(call, updateServer(call, catalog, serverOf(call))) }),
    },
    {
      operation: "setServer",
      method: "PUT",
      path: `${SERVERS}/{id}`,
      handle: (call) => json(200, { server: view(call, setServer(call, serverOf(call))) }),
    },
    { operation: "deleteServer", method: "DELETE", path: `${SERVERS}/{id}`, handle: deleteServer },
    {
      operation: "listServerActions",
      method: "GET",
      path: `${SERVERS}/{id}/action`,
      handle: (call) => json(200, { actions: allowedActions(call.world, serverOf(call)) }),
    },
    { operation: "serverAction", method: "POST", path: `${SERVERS}/{id}/action`, handle: serverAction },
  ];
}

export function serverOf(call: Call): ServerRow {
  return found(call, servers(call.world), { resource: "instance_server", id: call.params.id ?? "" });
}

function listServers(call: Call, catalog: Catalog): Answer {
  const { query, world } = call;
  const addressesOf = (row: ServerRow): (string | undefined)[] => [
    row.dynamicIp?.address,
    ...row.ipIds.map((id) => ips(world).get(id)?.address),
  ];
  const rows = listed(call, servers(world), [
    containing(query, "name", (row) => row.name),
    tagged(query),
    equal(query, "project", (row) => row.projectId, byProject),
    inOrganization(call),
    equal(query, "state", (row) => row.state),
    equal(query, "commercial_type", (row) => row.commercialType),
    among(query, "servers", (row) => row.id),
    when(query, "with_ip", (wanted, row) => addressesOf(row).includes(wanted)),
    queriedFlag(query, "without_ip") ? { test: (row) => !addressesOf(row).some(Boolean) } : undefined,
    ...networkFilters(call),
  ]);
  return headerPage(call, {
    key: "servers",
    path: "/servers",
    rows,
    order: query.get("order") ?? "creation_date_desc",
    view: (row) => viewServer(world, catalog, row),
  });
}

function deleteServer(call: Call): Answer {
  dropServer(call, serverOf(call));
  return noContent();
}

/** Removes a stopped server, or refuses to. */
export function dropServer(call: Call, row: ServerRow): void {
  if (row.protected) throw preconditionFailed(412, "protected_resource", "server is protected");
  if (row.state !== "stopped")
    throw preconditionFailed(400, "resource_still_in_use", "instance should be powered off");
  removeServer(call.world, row, call.now, "delete");
}

function serverAction(call: Call): Answer {
  const row = serverOf(call);
  const body = call.body();
  const action = actionOf(body.action);
  const about = { from: `/servers/${row.id}/action`, zone: row.zone, at: call.now };
  // Only here does the caller learn of the image.
  if (action === "backup") {
    const image = backupServer(call, row, body);
    return json(202, { task: fakeTask({ ...about, result: `/images/${image.id}` }) });
  }
  act(call, row, action);
  return json(202, { task: fakeTask({ ...about, result: `/servers/${row.id}` }) });
}

/** Starts the action, or refuses it for the server's state, its protection or the stock. */
export function act(call: Call, row: ServerRow, action: Exclude<Action, "backup">): void {
  if (!allowedActions(call.world, row).includes(action))
    throw wrongState(action === "poweron" ? "server should be stopped" : "server should be running");
  if (action === "terminate" && row.protected)
    throw preconditionFailed(412, "protected_resource", "server is protected");
  if (action === "poweron" && row.commercialType === SENTINELS.stockLate)
    throw outOfStock(row.commercialType);
  startAction(call.world, row, action, call.now);
}

function actionOf(given: unknown): Action {
  if (given === undefined || given === null) throw invalidArgument("action", "required");
  const action = ACTIONS.find((one) => one === given);
  if (!action) throw invalidArgument("action", "constraint", "not a valid value");
  return action;
}
