import { record, required } from "../../http/body.ts";
import { bodyPage } from "../../http/page.ts";
import { invalidArgument } from "../../http/refusal.ts";
import { json, noContent } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import { equal, listed } from "../listed.ts";
import { changedLb } from "./changed-lb.ts";
import { foundLb, foundPart } from "./found-lb.ts";
import { frontendOf } from "./frontend-routes.ts";
import { newPart } from "./new-part.ts";
import { viewRoute } from "./part-views.ts";
import { backends, routes } from "./rows.ts";
import type { RouteRow } from "./rows.ts";

const ROUTES = "/lb/v1/zones/{zone}/routes";

/** Which requests of a frontend go to another backend than its own. */
export function routeRoutes(): Route[] {
  const path = `${ROUTES}/{id}`;
  return [
    { operation: "listLbRoutes", method: "GET", path: ROUTES, handle: listRoutes },
    { operation: "createLbRoute", method: "POST", path: ROUTES, handle: createRoute },
    { operation: "getLbRoute", method: "GET", path, handle: (call) => json(200, viewRoute(routeOf(call))) },
    {
      operation: "updateLbRoute",
      method: "PUT",
      path,
      handle: (call) => changed(call, { ...routeOf(call), ...givenOf(call), modifiedAt: call.now }),
    },
    { operation: "deleteLbRoute", method: "DELETE", path, handle: deleteRoute },
  ];
}

/** Of a route that is not there the API says that a network is not. */
function routeOf(call: Call): RouteRow {
  return foundPart(call, routes(call.world), call.params.id ?? "", "privateNetwork");
}

function listRoutes(call: Call): Answer {
  const rows = listed(call, routes(call.world), [equal(call.query, "frontend_id", (row) => row.frontendId)]);
  const order = call.query.get("order_by") ?? "created_at_asc";
  return bodyPage(call, { key: "routes", rows, order, view: viewRoute });
}

function givenOf(call: Call): Pick<RouteRow, "backendId" | "match"> {
  const body = call.body();
  const match = record(body, "match");
  if (!match) throw invalidArgument("match", "required");
  const backend = foundPart(call, backends(call.world), required(body, "backend_id"), "backend");
  return { backendId: backend.id, match };
}

function createRoute(call: Call): Answer {
  const frontend = frontendOf(call, required(call.body(), "frontend_id"));
  const part = newPart(call, foundLb(call, frontend.lbId), "");
  return changed(call, { ...part, ...givenOf(call), frontendId: frontend.id });
}

function changed(call: Call, next: RouteRow): Answer {
  const row = routes(call.world).put(next, call.now);
  changedLb(call, row);
  return json(200, viewRoute(row));
}

function deleteRoute(call: Call): Answer {
  const row = routeOf(call);
  routes(call.world).remove(row.id, call.now);
  changedLb(call, row);
  return noContent();
}
