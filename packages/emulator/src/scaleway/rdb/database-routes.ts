import { required } from "../../http/body.ts";
import { bodyPage } from "../../http/page.ts";
import { notFound } from "../../http/refusal.ts";
import { json, noContent } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import { alreadyExists } from "./already-exists.ts";
import { putInstance, readyInstance } from "./found-instance.ts";
import { INSTANCES } from "./instance-routes.ts";
import type { Database } from "./rows.ts";
import { byName } from "./user-routes.ts";

const EMPTY_BYTES = 7_739_059;

/** The databases in an instance. */
export function databaseRoutes(): Route[] {
  const all = `${INSTANCES}/{id}/databases`;
  return [
    { operation: "listDatabases", method: "GET", path: all, handle: listDatabases },
    { operation: "createDatabase", method: "POST", path: all, handle: createDatabase },
    { operation: "deleteDatabase", method: "DELETE", path: `${all}/{name}`, handle: deleteDatabase },
  ];
}

/** Who owns them and how large they are is asked of the engine itself, which has to be up. */
function listDatabases(call: Call): Answer {
  const rows = byName(readyInstance(call).databases, call);
  const view = ({ name, owner }: Database) => ({ name, owner, managed: true, size: EMPTY_BYTES });
  return bodyPage(call, { key: "databases", rows, view, order: call.query.get("order_by") ?? "name_asc" });
}

function createDatabase(call: Call): Answer {
  const row = readyInstance(call);
  const name = required(call.body(), "name");
  if (row.databases.some((one) => one.name === name)) throw alreadyExists("database", name);
  putInstance(call, row, { databases: [...row.databases, { name, owner: "_rdb_superadmin" }] });
  return json(200, { name, owner: "", managed: true, size: 0 });
}

function deleteDatabase(call: Call): Answer {
  const row = readyInstance(call);
  const name = call.params.name ?? "";
  if (!row.databases.some((one) => one.name === name)) throw notFound("database", name);
  putInstance(call, row, {
    databases: row.databases.filter((one) => one.name !== name),
    privileges: row.privileges.filter(({ database }) => database !== name),
  });
  return noContent();
}
