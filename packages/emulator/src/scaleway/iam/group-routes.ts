import { text, texts } from "../../http/body.ts";
import { bodyPage } from "../../http/page.ts";
import { notFound } from "../../http/refusal.ts";
import { json } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import { pathUuid } from "../../http/uuids.ts";
import { zuluDate } from "../dates.ts";
import { among, containing, found, listed, values } from "../listed.ts";
import { inOrganization } from "../project.ts";
import { deleteHandler } from "../delete-handler.ts";
import { orderOf, withTag } from "./conditions.ts";
import { newIamRow, redescribed } from "./new-iam-row.ts";
import { userOf } from "./owner.ts";
import { applications, groups } from "./rows.ts";
import type { GroupRow } from "./rows.ts";

const GROUPS = "/iam/v1alpha1/groups";
type Members = Pick<GroupRow, "userIds" | "applicationIds">;

/** Users and applications that have the same rights. */
export function groupRoutes(): Route[] {
  const path = `${GROUPS}/{id}`;
  const change = (how: (row: GroupRow, call: Call) => Partial<GroupRow>) => (call: Call) =>
    changed(call, how);
  const addMembers = change((row, call) => joined(row, membersOf(call)));
  const removeMember = change((row, call) => without(row, membersOf(call)));
  return [
    { operation: "listGroups", method: "GET", path: GROUPS, handle: listGroups },
    { operation: "createGroup", method: "POST", path: GROUPS, handle: createGroup },
    { operation: "getGroup", method: "GET", path, handle: (call) => json(200, viewGroup(groupOf(call))) },
    {
      operation: "updateGroup",
      method: "PATCH",
      path,
      handle: change((row, call) => redescribed(call, row)),
    },
    {
      operation: "setGroupMembers",
      method: "PUT",
      path: `${path}/members`,
      handle: change((_, call) => membersOf(call)),
    },
    { operation: "addGroupMember", method: "POST", path: `${path}/add-member`, handle: addMembers },
    { operation: "addGroupMembers", method: "POST", path: `${path}/add-members`, handle: addMembers },
    { operation: "removeGroupMember", method: "POST", path: `${path}/remove-member`, handle: removeMember },
    { operation: "deleteGroup", method: "DELETE", path, handle: deleteHandler(groups, groupOf) },
  ];
}

function groupOf(call: Call): GroupRow {
  return found(call, groups(call.world), { resource: "group", id: pathUuid(call, "group_id") });
}

function listGroups(call: Call): Answer {
  const { query, world } = call;
  const [userIds, applicationIds] = [values(query, "user_ids"), values(query, "application_ids")];
  const rows = listed(call, groups(world), [
    containing(query, "name", (row) => row.name),
    inOrganization(call),
    among(query, "group_ids", (row) => row.id),
    { test: (row) => userIds.every((id) => row.userIds.includes(id)) },
    { test: (row) => applicationIds.every((id) => row.applicationIds.includes(id)) },
    withTag(call),
  ]);
  return bodyPage(call, { key: "groups", rows, order: orderOf(call), view: viewGroup });
}

function createGroup(call: Call): Answer {
  const row: GroupRow = { ...newIamRow(call), userIds: [], applicationIds: [] };
  return json(200, viewGroup(groups(call.world).put(row, call.now)));
}

function changed(call: Call, how: (row: GroupRow, call: Call) => Partial<GroupRow>): Answer {
  const row = groupOf(call);
  const next = { ...row, ...how(row, call), modifiedAt: call.now };
  return json(200, viewGroup(groups(call.world).put(next, call.now)));
}

/** One or several, who must exist. */
function membersOf(call: Call): Members {
  const body = call.body();
  const ids = (one: string): string[] => texts(body, `${one}s`) ?? [text(body, one) ?? []].flat();
  const members = { userIds: ids("user_id"), applicationIds: ids("application_id") };
  for (const id of members.userIds) userOf(call, id);
  for (const id of members.applicationIds)
    if (!applications(call.world).get(id)) throw notFound("application", id);
  return members;
}

function joined(row: Members, more: Members): Members {
  return {
    userIds: [...new Set([...row.userIds, ...more.userIds])],
    applicationIds: [...new Set([...row.applicationIds, ...more.applicationIds])],
  };
}

function without(row: Members, less: Members): Members {
  return {
    userIds: row.userIds.filter((id) => !less.userIds.includes(id)),
    applicationIds: row.applicationIds.filter((id) => !less.applicationIds.includes(id)),
  };
}

function viewGroup(row: GroupRow): Record<string, unknown> {
  return {
    id: row.id,
    created_at: zuluDate(row.createdAt),
    updated_at: zuluDate(row.modifiedAt),
    organization_id: row.organizationId,
    name: row.name,
    description: row.description,
    user_ids: row.userIds,
    application_ids: row.applicationIds,
    tags: row.tags,
    editable: true,
    deletable: true,
    managed: false,
  };
}
