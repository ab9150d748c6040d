import { flag, integer, required } from "../../http/body.ts";
import type { Body } from "../../http/body.ts";
import { bodyPage } from "../../http/page.ts";
import { json, noContent } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import { uuids } from "../../http/uuids.ts";
import { containing, meeting } from "../listed.ts";
import { port } from "./backend-settings.ts";
import { changedLb } from "./changed-lb.ts";
import { foundLb, foundPart } from "./found-lb.ts";
import { LBS } from "./lb-routes.ts";
import { newPart } from "./new-part.ts";
import { viewFrontend } from "./part-views.ts";
import { acls, backends, byLb, certificates, frontends, routes } from "./rows.ts";
import type { FrontendRow } from "./rows.ts";

const ONE = "/lb/v1/zones/{zone}/frontends/{id}";
const CHANGED = { own: "whole", backends: "without machines" } as const;
const LISTED = { own: "whole", backends: "whole" } as const;

export function frontendRoutes(): Route[] {
  const all = `${LBS}/{id}/frontends`;
  return [
    { operation: "listFrontends", method: "GET", path: all, handle: listFrontends },
    { operation: "createFrontend", method: "POST", path: all, handle: createFrontend },
    {
      operation: "getFrontend",
      method: "GET",
      path: ONE,
      handle: (call) => json(200, viewFrontend(call.world, frontendOf(call))),
    },
    { operation: "updateFrontend", method: "PUT", path: ONE, handle: updateFrontend },
    { operation: "deleteFrontend", method: "DELETE", path: ONE, handle: deleteFrontend },
  ];
}

export function frontendOf(call: Call, id = call.params.id ?? ""): FrontendRow {
  return foundPart(call, frontends(call.world), id, "frontend");
}

function listFrontends(call: Call): Answer {
  const { query, world } = call;
  const rows = meeting(frontends(world).by(byLb, foundLb(call).id) as readonly FrontendRow[], [
    containing(query, "name", (row) => row.name),
  ]);
  const order = query.get("order_by") ?? "created_at_asc";
  return bodyPage(call, { key: "frontends", rows, order, view: (row) => viewFrontend(world, row, LISTED) });
}

type Given = Pick<FrontendRow, "backendId" | "certificateIds" | "settings">;

/** What a create or an update says; a limit of zero connections is none. */
function givenOf(call: Call, body: Body): Given {
  const backend = foundPart(call, backends(call.world), required(body, "backend_id"), "backend");
  const certificateIds = uuids(body, "certificate_ids") ?? [];
  for (const id of certificateIds) foundPart(call, certificates(call.world), id, "certificate");
  return {
    backendId: backend.id,
    certificateIds,
    settings: {
      inbound_port: port(body, "inbound_port"),
      timeout_client: integer(body, "timeout_client") ?? null,
      enable_http3: flag(body, "enable_http3", false),
      connection_rate_limit: integer(body, "connection_rate_limit") || null,
      enable_access_logs: flag(body, "enable_access_logs", false),
    },
  };
}

function createFrontend(call: Call): Answer {
  const lb = foundLb(call);
  const body = call.body();
  const row = { ...newPart(call, lb, required(body, "name")), ...givenOf(call, body) };
  return changed(call, row);
}

function updateFrontend(call: Call): Answer {
  const row = frontendOf(call);
  const body = call.body();
  const name = required(body, "name");
  return changed(call, { ...row, name, ...givenOf(call, body), modifiedAt: call.now });
}

function changed(call: Call, next: FrontendRow): Answer {
  const row = frontends(call.world).put(next, call.now);
  changedLb(call, row);
  return json(200, viewFrontend(call.world, row, CHANGED));
}

/** Its access lists and routes go with it. */
function deleteFrontend(call: Call): Answer {
  const { world, now } = call;
  const row = frontendOf(call);
  for (const table of [acls, routes])
    for (const part of table(world).by(byLb, row.lbId).slice() as { id: string; frontendId?: string }[])
      if (part.frontendId === row.id) table(world).remove(part.id, now);
  frontends(world).remove(row.id, now);
  changedLb(call, row);
  return noContent();
}
