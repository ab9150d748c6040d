import { record, required, text, texts } from "../../http/body.ts";
import { bodyPage } from "../../http/page.ts";
import { preconditionFailed } from "../../http/refusal.ts";
import { json, noContent } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import { pathUuid } from "../../http/uuids.ts";
import type { World } from "../../world.ts";
import { zuluDate } from "../dates.ts";
import { among, equal, flagged, meeting } from "../listed.ts";
import { inOrganization } from "../project.ts";
import { orderOf, withTag } from "./conditions.ts";
import { owner, ownerId, userOf } from "./owner.ts";
import { users } from "./rows.ts";
import type { UserRow } from "./rows.ts";

const USERS = "/iam/v1alpha1/users";

/** People: the owner, and those who were let in. */
export function userRoutes(): Route[] {
  const path = `${USERS}/{id}`;
  const change = (how: (row: UserRow, call: Call) => Partial<UserRow>) => (call: Call) => changed(call, how);
  return [
    { operation: "listUsers", method: "GET", path: USERS, handle: listUsers },
    { operation: "createUser", method: "POST", path: USERS, handle: createUser },
    {
      operation: "getUser",
      method: "GET",
      path,
      handle: (call) => json(200, viewUser(call.world, userAt(call))),
    },
    { operation: "updateUser", method: "PATCH", path, handle: change(updated) },
    {
      operation: "updateUserUsername",
      method: "POST",
      path: `${path}/update-username`,
      handle: change((_, call) => ({ name: required(call.body(), "username") })),
    },
    { operation: "lockUser", method: "POST", path: `${path}/lock`, handle: change(() => ({ locked: true })) },
    {
      operation: "unlockUser",
      method: "POST",
      path: `${path}/unlock`,
      handle: change(() => ({ locked: false })),
    },
    { operation: "deleteUser", method: "DELETE", path, handle: deleteUser },
  ];
}

function userAt(call: Call): UserRow {
  return userOf(call, pathUuid(call, "user_id"));
}

function listUsers(call: Call): Answer {
  const { query, world } = call;
  const all = [owner(world), ...users(world).all()];
  const known = new Map(all.map((row) => [row.id, row]));
  const rows = meeting(
    [...known.values()],
    [
      among<UserRow>(query, "user_ids", (row) => row.id),
      inOrganization<UserRow>(call),
      equal<UserRow>(query, "type", (row) => row.type),
      flagged<UserRow>(query, "mfa", () => false),
      withTag<UserRow>(call),
    ],
  );
  const view = (row: UserRow): unknown => viewUser(world, row);
  return bodyPage(call, { key: "users", rows, order: orderOf(call), view });
}

function createUser(call: Call): Answer {
  const { world, now } = call;
  const body = call.body();
  const member = record(body, "member") ?? {};
  const email = text(body, "email") ?? required(member, "email");
  const row: UserRow = {
    id: world.random.uuid(),
    name: text(member, "username") || email,
    zone: "",
    tags: texts(body, "tags") ?? [],
    createdAt: now,
    modifiedAt: now,
    organizationId: text(body, "organization_id") ?? world.projectId,
    email,
    firstName: text(member, "first_name") ?? "",
    lastName: text(member, "last_name") ?? "",
    phoneNumber: text(member, "phone_number") ?? "",
    locale: text(member, "locale") || "en_US",
    type: "member",
    locked: false,
  };
  return json(200, viewUser(world, users(world).put(row, now)));
}

function changed(call: Call, how: (row: UserRow, call: Call) => Partial<UserRow>): Answer {
  const row = userAt(call);
  const next = { ...row, ...how(row, call), modifiedAt: call.now };
  return json(200, viewUser(call.world, users(call.world).put(next, call.now)));
}

function updated(row: UserRow, call: Call): Partial<UserRow> {
  const body = call.body();
  return {
    tags: texts(body, "tags") ?? row.tags,
    email: text(body, "email") ?? row.email,
    firstName: text(body, "first_name") ?? row.firstName,
    lastName: text(body, "last_name") ?? row.lastName,
    phoneNumber: text(body, "phone_number") ?? row.phoneNumber,
    locale: text(body, "locale") ?? row.locale,
  };
}

function deleteUser(call: Call): Answer {
  const row = userAt(call);
  if (row.type === "owner")
    throw preconditionFailed(412, "protected_resource", "the owner of the organization cannot be deleted");
  users(call.world).remove(row.id, call.now);
  return noContent();
}

function viewUser(world: World, row: UserRow): Record<string, unknown> {
  return {
    id: row.id,
    email: row.email,
    username: row.name,
    first_name: row.firstName,
    last_name: row.lastName,
    phone_number: row.phoneNumber,
    locale: row.locale,
    created_at: zuluDate(row.createdAt),
    updated_at: zuluDate(row.modifiedAt),
    organization_id: row.organizationId,
    deletable: row.type !== "owner",
    last_login_at: null,
    type: row.type,
    two_factor_enabled: false,
    status: "activated",
    mfa: false,
    account_root_user_id: ownerId(world),
    tags: row.tags,
    locked: row.locked,
  };
}
