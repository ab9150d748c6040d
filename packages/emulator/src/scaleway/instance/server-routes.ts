import { invalidArgument, outOfStock, preconditionFailed, Refusal, wrongState } from "../../http/refusal.ts";
import { headerPage } from "../../http/page.ts";
import { json, noContent } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import type { Catalog } from "../catalog.ts";
import { offsetDate } from "../dates.ts";
import { among, containing, equal, found, listed, tagged, when } from "../listed.ts";
import { SENTINELS } from "../seed/sentinels.ts";
import { createServer } from "./create-server.ts";
import { byProject, byServer, ips, privateNics, servers } from "./rows.ts";
import type { ServerRow } from "./rows.ts";
import { ACTIONS, allowedActions } from "./server-can.ts";
import type { Action } from "./server-can.ts";
import { removeServer, startAction } from "./server-states.ts";
import { viewServer } from "./server-view.ts";
import { updateServer } from "./update-server.ts";

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
    equal(query, "organization", (row) => row.projectId, byProject),
    equal(query, "state", (row) => row.state),
    equal(query, "commercial_type", (row) => row.commercialType),
    among(query, "servers", (row) => row.id),
    when(query, "with_ip", (wanted, row) => addressesOf(row).includes(wanted)),
    when(query, "without_ip", (wanted, row) => wanted !== "true" || !addressesOf(row).some(Boolean)),
    when(query, "private_ip", () => false),
    when(query, "private_network", (wanted, row) => isOn(call, row, wanted)),
  ]);
  return headerPage(call, {
    key: "servers",
    path: "/servers",
    rows,
    order: query.get("order") ?? "creation_date_desc",
    view: (row) => viewServer(world, catalog, row),
  });
}

function isOn(call: Call, row: ServerRow, network: string): boolean {
  return privateNics(call.world)
    .by(byServer, row.id)
    .some((nic) => nic.privateNetworkId === network);
}

function deleteServer(call: Call): Answer {
  const row = serverOf(call);
  if (row.protected) throw preconditionFailed(412, "protected_resource", "server is protected");
  if (row.state !== "stopped")
    throw preconditionFailed(400, "resource_still_in_use", "instance should be powered off");
  removeServer(call.world, row, call.now, "delete");
  return noContent();
}

function serverAction(call: Call): Answer {
  const row = serverOf(call);
  const action = actionOf(call.body().action);
  if (action === "backup")
    throw new Refusal(400, { type: "invalid_request_error", message: "the emulator makes no backups" });
  if (!allowedActions(call.world, row).includes(action))
    throw wrongState(action === "poweron" ? "server should be stopped" : "server should be running");
  if (action === "terminate" && row.protected)
    throw preconditionFailed(412, "protected_resource", "server is protected");
  if (action === "poweron" && row.commercialType === SENTINELS.stockLate)
    throw outOfStock(row.commercialType);
  startAction(call.world, row, action, call.now);
  return json(202, { task: fakeTask(row, call.now) });
}

function actionOf(given: unknown): Action {
  if (given === undefined || given === null) throw invalidArgument("action", "required");
  const action = ACTIONS.find((one) => one === given);
  if (!action) throw invalidArgument("action", "constraint", "not a valid value");
  return action;
}

/** Since 2026 the cloud names no real task: callers look at the server. */
function fakeTask(row: ServerRow, at: number): Record<string, unknown> {
  return {
    id: "00000000-0000-0000-0000-000000000000",
    description: "fake task",
    status: "pending",
    href_from: `/servers/${row.id}/action`,
    href_result: `/servers/${row.id}`,
    started_at: offsetDate(at),
    terminated_at: null,
    progress: 0,
    zone: row.zone,
  };
}
