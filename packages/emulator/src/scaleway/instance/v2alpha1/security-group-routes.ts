import { flag, required, text, texts } from "../../../http/body.ts";
import { json, noContent } from "../../../http/route.ts";
import type { Answer, Call, Route } from "../../../http/route.ts";
import { among, containing, equal, found, inPlace, listed, tagged } from "../../listed.ts";
import { projectOf } from "../../project.ts";
import { byProject, securityGroups } from "../rows.ts";
import type { SecurityGroupRow } from "../rows.ts";
import { defaultSecurityGroup, newSecurityGroup } from "../security-group-default.ts";
import { dropGroup } from "../security-group-routes.ts";
import { choice } from "./choice.ts";
import { viewGroup, viewGroupSummary } from "./security-group-view.ts";
import { tokenPage } from "./token-page.ts";
import { pathUuid, uuid } from "./uuids.ts";

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
  defaultSecurityGroup(world, { zone, projectId: query.get("project_id") || world.projectId, at: now });
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
  uuid(body, "project_id");
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
  return json(200, viewGroup(flag(body, "project_default", false) ? makeDefault(call, row) : row));
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
  return json(200, viewGroup(flag(body, "project_default", false) ? makeDefault(call, changed) : changed));
}

/** Takes the place of the project's default group; no group gives that place up by itself. */
function makeDefault({ world, now }: Call, row: SecurityGroupRow): SecurityGroupRow {
  const groups = securityGroups(world);
  for (const other of groups.by(byProject, inPlace(row.zone, row.projectId)).slice())
    if (other.isDefault) groups.put({ ...other, isDefault: false }, now);
  return groups.put({ ...row, isDefault: true }, now);
}
