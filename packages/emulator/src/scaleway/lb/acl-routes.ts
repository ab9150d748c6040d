import { integer, record, required, text } from "../../http/body.ts";
import type { Body } from "../../http/body.ts";
import { bodyPage } from "../../http/page.ts";
import { invalidArgument } from "../../http/refusal.ts";
import { json, noContent } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import { containing, meeting } from "../listed.ts";
import { changedLb } from "./changed-lb.ts";
import { foundPart } from "./found-lb.ts";
import { frontendOf } from "./frontend-routes.ts";
import { newPart } from "./new-part.ts";
import { viewAcl } from "./part-views.ts";
import { acls, byLb, lbs } from "./rows.ts";
import type { AclRow } from "./rows.ts";

const ONE = "/lb/v1/zones/{zone}/acls/{id}";

/** Who may come in by a frontend, rule by rule. */
export function lbAclRoutes(): Route[] {
  const all = "/lb/v1/zones/{zone}/frontends/{id}/acls";
  return [
    { operation: "listLbAcls", method: "GET", path: all, handle: listAcls },
    { operation: "createLbAcl", method: "POST", path: all, handle: createAcl },
    { operation: "getLbAcl", method: "GET", path: ONE, handle: (call) => answer(call, aclOf(call)) },
    {
      operation: "updateLbAcl",
      method: "PUT",
      path: ONE,
      handle: (call) => changed(call, { ...aclOf(call), ...givenOf(call.body()), modifiedAt: call.now }),
    },
    { operation: "deleteLbAcl", method: "DELETE", path: ONE, handle: deleteAcl },
  ];
}

function aclOf(call: Call): AclRow {
  return foundPart(call, acls(call.world), call.params.id ?? "", "acl");
}

function answer(call: Call, row: AclRow): Answer {
  return json(200, viewAcl(call.world, row));
}

function listAcls(call: Call): Answer {
  const { query, world } = call;
  const frontend = frontendOf(call);
  const all = acls(world).by(byLb, frontend.lbId) as readonly AclRow[];
  const rows = meeting(
    all.filter(({ frontendId }) => frontendId === frontend.id),
    [containing(query, "name", (row) => row.name)],
  );
  const order = query.get("order_by") ?? "created_at_asc";
  return bodyPage(call, { key: "acls", rows, order, view: (row) => viewAcl(world, row) });
}

type Given = Pick<AclRow, "name" | "index" | "description" | "action" | "match">;

function givenOf(body: Body): Given {
  const action = record(body, "action");
  if (!action) throw invalidArgument("action", "required");
  return {
    name: required(body, "name"),
    index: integer(body, "index") ?? 0,
    description: text(body, "description") ?? "",
    action: { type: required(action, "type"), redirect: record(action, "redirect") ?? null },
    match: record(body, "match") ?? null,
  };
}

function createAcl(call: Call): Answer {
  const frontend = frontendOf(call);
  const lb = foundPart(call, lbs(call.world), frontend.lbId, "lbs");
  const given = givenOf(call.body());
  return changed(call, { ...newPart(call, lb, given.name), ...given, frontendId: frontend.id });
}

function changed(call: Call, next: AclRow): Answer {
  const row = acls(call.world).put(next, call.now);
  changedLb(call, row);
  return answer(call, row);
}

function deleteAcl(call: Call): Answer {
  const row = aclOf(call);
  acls(call.world).remove(row.id, call.now);
  changedLb(call, row);
  return noContent();
}
