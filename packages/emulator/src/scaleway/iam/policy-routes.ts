import { bodyPage } from "../../http/page.ts";
import { json } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import { pathUuid } from "../../http/uuids.ts";
import { among, containing, flagged, found, listed } from "../listed.ts";
import { inOrganization } from "../project.ts";
import { deleteHandler } from "../delete-handler.ts";
import { orderOf, withTag } from "./conditions.ts";
import { newIamRow, redescribed } from "./new-iam-row.ts";
import { viewPolicy } from "./policy-view.ts";
import { principalOf } from "./principal.ts";
import { policies } from "./rows.ts";
import type { PolicyRow, Principal } from "./rows.ts";
import { rulesOf } from "./rules.ts";

const POLICIES = "/iam/v1alpha1/policies";

export function policyRoutes(): Route[] {
  const path = `${POLICIES}/{id}`;
  return [
    { operation: "listPolicies", method: "GET", path: POLICIES, handle: listPolicies },
    { operation: "createPolicy", method: "POST", path: POLICIES, handle: createPolicy },
    { operation: "getPolicy", method: "GET", path, handle: (call) => json(200, viewPolicy(policyAt(call))) },
    { operation: "updatePolicy", method: "PATCH", path, handle: updatePolicy },
    { operation: "clonePolicy", method: "POST", path: `${path}/clone`, handle: clonePolicy },
    {
      operation: "deletePolicy",
      method: "DELETE",
      path,
      handle: deleteHandler(policies, (call) => policyAt(call)),
    },
  ];
}

export function policyAt(call: Call, id = pathUuid(call, "policy_id")): PolicyRow {
  return found(call, policies(call.world), { resource: "policy", id });
}

function listPolicies(call: Call): Answer {
  const { query, world } = call;
  const idOf = (type: NonNullable<Principal>["type"]) => (row: PolicyRow) =>
    row.principal?.type === type ? row.principal.id : null;
  const rows = listed(call, policies(world), [
    containing(query, "policy_name", (row) => row.name),
    inOrganization(call),
    flagged(query, "editable", () => true),
    among(query, "policy_ids", (row) => row.id),
    among(query, "user_ids", idOf("user")),
    among(query, "group_ids", idOf("group")),
    among(query, "application_ids", idOf("application")),
    flagged(query, "no_principal", (row) => row.principal === null),
    withTag(call),
  ]);
  return bodyPage(call, { key: "policies", rows, order: orderOf(call), view: viewPolicy });
}

/** The rules are counted only later: this answer knows of none. */
function createPolicy(call: Call): Answer {
  const body = call.body();
  const row: PolicyRow = {
    ...newIamRow(call),
    principal: principalOf(call, body) ?? null,
    rules: rulesOf(call, body) ?? [],
  };
  policies(call.world).put(row, call.now);
  return json(200, viewPolicy({ ...row, rules: [] }));
}

function updatePolicy(call: Call): Answer {
  const row = policyAt(call);
  const principal = principalOf(call, call.body());
  const next = { ...redescribed(call, row), principal: principal === undefined ? row.principal : principal };
  return json(200, viewPolicy(policies(call.world).put(next, call.now)));
}

function clonePolicy(call: Call): Answer {
  const { world, now } = call;
  const row = policyAt(call);
  const rules = row.rules.map((rule) => ({ ...rule, id: world.random.uuid() }));
  const clone = { ...row, id: world.random.uuid(), rules, createdAt: now, modifiedAt: now };
  return json(200, viewPolicy(policies(world).put(clone, now)));
}
