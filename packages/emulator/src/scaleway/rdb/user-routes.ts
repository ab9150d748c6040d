import { flag, required } from "../../http/body.ts";
import { bodyPage } from "../../http/page.ts";
import { notFound } from "../../http/refusal.ts";
import { json, noContent } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import { foundInstance, putInstance, readyInstance } from "./found-instance.ts";
import { alreadyExists } from "./already-exists.ts";
import { INSTANCES } from "./instance-routes.ts";
import type { InstanceRow, User } from "./rows.ts";

export function rdbUserRoutes(): Route[] {
  const all = `${INSTANCES}/{id}/users`;
  const one = `${all}/{name}`;
  return [
    { operation: "listUsers", method: "GET", path: all, handle: listUsers },
    { operation: "createUser", method: "POST", path: all, handle: createUser },
    { operation: "updateUser", method: "PATCH", path: one, handle: updateUser },
    { operation: "deleteUser", method: "DELETE", path: one, handle: deleteUser },
  ];
}

function view({ name, isAdmin }: User): Record<string, unknown> {
  return { name, is_admin: isAdmin };
}

export function byName<T extends { readonly name: string }>(things: readonly T[], call: Call): readonly T[] {
  const wanted = call.query.get("name");
  return things
    .filter(({ name }) => !wanted || name === wanted)
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function listUsers(call: Call): Answer {
  const rows = byName(foundInstance(call).users, call);
  return bodyPage(call, { key: "users", rows, view, order: call.query.get("order_by") ?? "name_asc" });
}

/** The password is taken, and not kept. */
function createUser(call: Call): Answer {
  const row = readyInstance(call);
  const body = call.body();
  const user: User = { name: required(body, "name"), isAdmin: flag(body, "is_admin", false) };
  required(body, "password");
  if (row.users.some(({ name }) => name === user.name)) throw alreadyExists("user", user.name);
  putInstance(call, row, { users: [...row.users, user] });
  return json(200, view(user));
}

function userOf(row: InstanceRow, call: Call): User {
  const name = call.params.name ?? "";
  const user = row.users.find((one) => one.name === name);
  if (!user) throw notFound("user", name);
  return user;
}

function updateUser(call: Call): Answer {
  const row = readyInstance(call);
  const user = userOf(row, call);
  const next = { ...user, isAdmin: flag(call.body(), "is_admin", user.isAdmin) };
  putInstance(call, row, { users: row.users.map((one) => (one === user ? next : one)) });
  return json(200, view(next));
}

function deleteUser(call: Call): Answer {
  const row = readyInstance(call);
  const user = userOf(row, call);
  putInstance(call, row, {
    users: row.users.filter((one) => one !== user),
    privileges: row.privileges.filter((one) => one.user !== user.name),
  });
  return noContent();
}
