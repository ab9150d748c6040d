import { flag, required, text, texts } from "../../../http/body.ts";
import { json, noContent } from "../../../http/route.ts";
import type { Answer, Call, Route } from "../../../http/route.ts";
import { pathUuid } from "../../../http/uuids.ts";
import { among, containing, equal, found, listed, tagged } from "../../listed.ts";
import { byProject, projectOf } from "../../project.ts";
import { securityGroups } from "../rows.ts";
import type { SecurityGroupRow } from "../rows.ts";
import { ensureDefaultSecurityGroup, makeDefault, newSecurityGroup } from "../security-groups.ts";
import { dropGroup } from "../security-group-routes.ts";
import { choice } from "./choice.ts";
import { viewGroup, viewGroupSummary } from "./security-group-view.ts";
import { tokenPage } from "./token-page.ts";

const GROUPS = "/instance/v2alpha1/zones/{zone}/security-groups";
const ACTIONS = ["accept", "drop"] as const;

export function securityGroupRoutes(): Route[] {
  const one = `${GROUPS}/{id}`;
  return [
    { operation: "listSecurityGroups", method: "GET", path: GROUPS, handle: listGroups },
    { operation: "createSecurityGroup", method: "POST", path: GROUPS, handle: createGroup },
    {
      operation: "getSecurityGroup",
      method: "GET",
      path: one,
      handle: (call) => json(200, viewGroup(groupOf(call))),
    },
    { operation: "updateSecurityGroup", method: "PATCH", path: one, handle: updateGroup },
    {
      operation: "deleteSecurityGroup",
      method: "DELETE",
      path: one,
      handle(call) {
        dropGroup(call, groupOf(call));
        return noContent();
      },
    },
  ];
}

function groupOf(call: Call): SecurityGroupRow {
  const id = pathUuid(call, "security_group_id");
  return found(call, securityGroups(call.world), { resource: "instance_security_group", id });
}

function listGroups(call: Call): Answer {
  const { query, world, now } = call;
  const zone = call.params.zone ?? "";
  ensureDefaultSecurityGroup(world, { zone, projectId: query.get("project_id") || world.projectId, at: now });
  const rows = listed(call, securityGroups(world), [
    containing(query, "name", (row) => row.name),
    equal(query, "project_id", (row) => row.projectId, byProject),
    among(query, "security_group_ids", (row) => row.id),
    tagged(query),
  ]);
  const order = query.get("order_by") ?? "created_at_desc";
  return tokenPage(call, { key: "security_groups", rows, order, view: viewGroupSummary });
}

function createGroup(call: Call): Answer {
  const body = call.body();
  const given = {
    name: required(body, "name"),
    zone: call.params.zone ?? "",
    projectId: projectOf(call, body),
    tags: texts(body, "tags") ?? [],
    description: text(body, "description") || null,
    stateful: !flag(body, "stateless", false),
    inbound: choice(body, "inbound_default_action", ACTIONS) ?? "accept",
    outbound: choice(body, "outbound_default_action", ACTIONS) ?? "accept",
    defaultSecurity: !flag(body, "disable_default_rules", false),
  };
  const row = newSecurityGroup(call.world, given, call.now);
  return json(
    200,
    viewGroup(flag(body, "project_default", false) ? makeDefault(call.world, row, call.now) : row),
  );
}

function updateGroup(call: Call): Answer {
  const row = groupOf(call);
  const body = call.body();
  const next: SecurityGroupRow = {
    ...row,
    name: text(body, "name") ?? row.name,
    tags: texts(body, "tags") ?? row.tags,
    description: text(body, "description") ?? row.description,
    stateful: !flag(body, "stateless", !row.stateful),
    inbound: choice(body, "inbound_default_action", ACTIONS) ?? row.inbound,
    outbound: choice(body, "outbound_default_action", ACTIONS) ?? row.outbound,
    defaultSecurity: !flag(body, "disable_default_rules", !row.defaultSecurity),
    modifiedAt: call.now,
  };
  const changed = securityGroups(call.world).put(next, call.now);
  return json(
    200,
    viewGroup(flag(body, "project_default", false) ? makeDefault(call.world, changed, call.now) : changed),
  );
}
