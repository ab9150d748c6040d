import { isDeepStrictEqual } from "node:util";
import { flag, one, required, text, texts } from "../../http/body.ts";
import type { Body } from "../../http/body.ts";
import { headerPage } from "../../http/page.ts";
import { preconditionFailed } from "../../http/refusal.ts";
import { json, noContent } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import type { World } from "../../world.ts";
import { offsetDate } from "../dates.ts";
import { containing, equal, flagged, found, listed, tagged } from "../listed.ts";
import { byProject, inOrganization, organizationOf, projectOf } from "../project.ts";
import { location } from "./location.ts";
import { bySecurityGroup, securityGroups, servers } from "./rows.ts";
import type { SecurityGroupRow } from "./rows.ts";
import { ensureDefaultSecurityGroup, makeDefault, newSecurityGroup } from "./security-groups.ts";

const GROUPS = "/instance/v1/zones/{zone}/security_groups";
const SYNC_MS = 700;
const POLICIES = ["accept", "drop"] as const;

export function securityGroupRoutes(): Route[] {
  return [
    { operation: "listSecurityGroups", method: "GET", path: GROUPS, handle: listGroups },
    { operation: "createSecurityGroup", method: "POST", path: GROUPS, handle: createGroup },
    {
      operation: "getSecurityGroup",
      method: "GET",
      path: `${GROUPS}/{id}`,
      handle: (call) => json(200, { security_group: viewGroup(call.world, groupOf(call)) }),
    },
    { operation: "updateSecurityGroup", method: "PATCH", path: `${GROUPS}/{id}`, handle: updateGroup },
    { operation: "setSecurityGroup", method: "PUT", path: `${GROUPS}/{id}`, handle: updateGroup },
    { operation: "deleteSecurityGroup", method: "DELETE", path: `${GROUPS}/{id}`, handle: deleteGroup },
  ];
}

export function groupOf(call: Call): SecurityGroupRow {
  return found(call, securityGroups(call.world), {
    resource: "instance_security_group",
    id: call.params.id ?? "",
  });
}

function listGroups(call: Call): Answer {
  const { query, world } = call;
  const zone = call.params.zone ?? "";
  ensureDefaultSecurityGroup(world, {
    zone,
    projectId: query.get("project") ?? world.projectId,
    at: call.now,
  });
  const rows = listed(call, securityGroups(world), [
    containing(query, "name", (row) => row.name),
    equal(query, "project", (row) => row.projectId, byProject),
    inOrganization(call),
    flagged(query, "project_default", (row) => row.isDefault),
    tagged(query),
  ]);
  const view = (row: SecurityGroupRow): Record<string, unknown> => viewGroup(world, row);
  return headerPage(call, {
    key: "security_groups",
    path: "/security_groups",
    rows,
    order: "creation_date_desc",
    view,
  });
}

function createGroup(call: Call): Answer {
  const body = call.body();
  const zone = call.params.zone ?? "";
  const given = {
    name: required(body, "name"),
    zone,
    projectId: projectOf(call, body),
    tags: texts(body, "tags") ?? [],
    description: text(body, "description") ?? null,
    stateful: flag(body, "stateful", true),
    inbound: one(body, "inbound_default_policy", POLICIES) ?? "accept",
    outbound: one(body, "outbound_default_policy", POLICIES) ?? "accept",
    defaultSecurity: flag(body, "enable_default_security", true),
  };
  const made = newSecurityGroup(call.world, given, call.now);
  const row = isToBeDefault(body) ? makeDefault(call.world, made, call.now) : made;
  return json(201, { security_group: viewGroup(call.world, row) }, location(zone, "security_groups", row.id));
}

function updateGroup(call: Call): Answer {
  const row = groupOf(call);
  const body = call.body();
  const next: SecurityGroupRow = {
    ...row,
    name: text(body, "name") ?? row.name,
    tags: texts(body, "tags") ?? row.tags,
    description: text(body, "description") ?? row.description,
    stateful: flag(body, "stateful", row.stateful),
    inbound: one(body, "inbound_default_policy", POLICIES) ?? row.inbound,
    outbound: one(body, "outbound_default_policy", POLICIES) ?? row.outbound,
    defaultSecurity: flag(body, "enable_default_security", row.defaultSecurity),
  };
  const becomesDefault = isToBeDefault(body) && !row.isDefault;
  if (isDeepStrictEqual(next, row) && !becomesDefault)
    return json(200, { security_group: viewGroup(call.world, row) });
  const put = securityGroups(call.world).put({ ...next, modifiedAt: call.now }, call.now);
  const changed = becomesDefault ? makeDefault(call.world, put, call.now) : put;
  return json(200, { security_group: { ...viewGroup(call.world, changed), state: "syncing" } });
}

/** By its name of today or of old: an organization's default group was that of its first project. */
function isToBeDefault(body: Body): boolean {
  return flag(body, "project_default", false) || flag(body, "organization_default", false);
}

function deleteGroup(call: Call): Answer {
  dropGroup(call, groupOf(call));
  return noContent();
}

/** Removes a group that no server uses, or refuses to; a project's default one comes again when it is needed. */
export function dropGroup(call: Call, row: SecurityGroupRow): void {
  if (servers(call.world).by(bySecurityGroup, row.id).length > 0)
    throw preconditionFailed(400, "resource_still_in_use", "security group is used by a server");
  securityGroups(call.world).remove(row.id, call.now);
}

/** A change takes a moment to reach the machines. */
function isSyncing(world: World, row: SecurityGroupRow): boolean {
  return row.modifiedAt > row.createdAt && world.now() < row.modifiedAt + SYNC_MS / world.timeScale;
}

function viewGroup(world: World, row: SecurityGroupRow): Record<string, unknown> {
  const members = servers(world).by(bySecurityGroup, row.id);
  return {
    id: row.id,
    creation_date: offsetDate(row.createdAt),
    modification_date: offsetDate(row.modifiedAt),
    name: row.name,
    description: row.description,
    organization: organizationOf(world, row.projectId),
    project: row.projectId,
    servers: members.map(({ id, name }) => ({ id, name })),
    stateful: row.stateful,
    inbound_default_policy: row.inbound,
    outbound_default_policy: row.outbound,
    organization_default: row.isDefault,
    project_default: row.isDefault,
    enable_default_security: row.defaultSecurity,
    state: isSyncing(world, row) ? "syncing" : "available",
    tags: row.tags,
    zone: row.zone,
  };
}
