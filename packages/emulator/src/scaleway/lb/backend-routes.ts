import { record, required, texts } from "../../http/body.ts";
import type { Body } from "../../http/body.ts";
import { bodyPage } from "../../http/page.ts";
import { invalidArgument, preconditionFailed } from "../../http/refusal.ts";
import { json, noContent } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import { parseIp } from "../ip-address.ts";
import { containing, meeting } from "../listed.ts";
import { backendSettings, healthCheck } from "./backend-settings.ts";
import { changedLb } from "./changed-lb.ts";
import { foundLb, foundPart } from "./found-lb.ts";
import { LBS } from "./lb-routes.ts";
import { newPart } from "./new-part.ts";
import { viewBackend } from "./part-views.ts";
import { backends, byLb, frontends, routes } from "./rows.ts";
import type { BackendRow } from "./rows.ts";

const ONE = "/lb/v1/zones/{zone}/backends/{id}";

export function backendRoutes(): Route[] {
  const all = `${LBS}/{id}/backends`;
  const servers = (operation: string, method: string, poolOf: PoolOf): Route => ({
    operation,
    method,
    path: `${ONE}/servers`,
    handle: (call) => changePool(call, poolOf),
  });
  return [
    { operation: "listBackends", method: "GET", path: all, handle: listBackends },
    { operation: "createBackend", method: "POST", path: all, handle: createBackend },
    { operation: "getBackend", method: "GET", path: ONE, handle: (call) => answer(call, backendOf(call)) },
    { operation: "updateBackend", method: "PUT", path: ONE, handle: updateBackend },
    { operation: "deleteBackend", method: "DELETE", path: ONE, handle: deleteBackend },
    { operation: "updateHealthCheck", method: "PUT", path: `${ONE}/healthcheck`, handle: updateCheck },
    servers("setBackendServers", "PUT", (_pool, given) => given),
    servers("addBackendServers", "POST", (pool, given) => [...new Set([...pool, ...given])]),
    servers("removeBackendServers", "DELETE", (pool, given) => pool.filter((ip) => !given.includes(ip))),
  ];
}

function backendOf(call: Call): BackendRow {
  return foundPart(call, backends(call.world), call.params.id ?? "", "backend");
}

function answer(call: Call, row: BackendRow): Answer {
  return json(200, viewBackend(call.world, row, "whole"));
}

function listBackends(call: Call): Answer {
  const { query, world } = call;
  const rows = meeting(backends(world).by(byLb, foundLb(call).id) as readonly BackendRow[], [
    containing(query, "name", (row) => row.name),
  ]);
  const order = query.get("order_by") ?? "created_at_asc";
  return bodyPage(call, { key: "backends", rows, order, view: (row) => viewBackend(world, row, "whole") });
}

function createBackend(call: Call): Answer {
  const lb = foundLb(call);
  const body = call.body();
  const check = record(body, "health_check");
  if (!check) throw invalidArgument("health_check", "required");
  const row: BackendRow = {
    ...newPart(call, lb, required(body, "name")),
    settings: backendSettings(body),
    healthCheck: healthCheck(check),
    pool: serversOf(body),
  };
  backends(call.world).put(row, call.now);
  changedLb(call, row);
  return answer(call, row);
}

function serversOf(body: Body): string[] {
  const given = texts(body, "server_ip") ?? [];
  if (given.some((address) => !parseIp(address)))
    throw invalidArgument("server_ip", "format", "must be IP addresses");
  return given;
}

/** The answer still shows the machines as they were. */
function updateBackend(call: Call): Answer {
  const row = backendOf(call);
  const body = call.body();
  const next = put(call, row, { name: required(body, "name"), settings: backendSettings(body) });
  const answered = answer(call, next);
  changedLb(call, next);
  return answered;
}

function updateCheck(call: Call): Answer {
  const next = put(call, backendOf(call), { healthCheck: healthCheck(call.body()) });
  changedLb(call, next);
  return json(200, next.healthCheck);
}

type PoolOf = (pool: readonly string[], given: readonly string[]) => readonly string[];

function changePool(call: Call, poolOf: PoolOf): Answer {
  const row = backendOf(call);
  const next = put(call, row, { pool: poolOf(row.pool, serversOf(call.body())) });
  changedLb(call, next);
  return answer(call, next);
}

function put(call: Call, row: BackendRow, change: Partial<BackendRow>): BackendRow {
  return backends(call.world).put({ ...row, ...change, modifiedAt: call.now }, call.now);
}

function deleteBackend(call: Call): Answer {
  const { world, now } = call;
  const row = backendOf(call);
  const users = [...frontends(world).by(byLb, row.lbId), ...routes(world).by(byLb, row.lbId)] as {
    backendId?: string;
  }[];
  if (users.some(({ backendId }) => backendId === row.id))
    throw preconditionFailed(412, "resource_still_in_use", "backend is used by a frontend or a route");
  backends(world).remove(row.id, now);
  changedLb(call, row);
  return noContent();
}
