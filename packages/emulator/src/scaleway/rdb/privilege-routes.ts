import { one, required } from "../../http/body.ts";
import { bodyPage } from "../../http/page.ts";
import { invalidArgument, notFound } from "../../http/refusal.ts";
import { json } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import { putInstance, readyInstance } from "./found-instance.ts";
import { INSTANCES } from "./instance-routes.ts";
import type { InstanceRow, Privilege } from "./rows.ts";

const PERMISSIONS = ["readonly", "readwrite", "all", "custom", "none"] as const;

/** What users may do in databases. */
export function privilegeRoutes(): Route[] {
  const path = `${INSTANCES}/{id}/privileges`;
  return [
    { operation: "listPrivileges", method: "GET", path, handle: listPrivileges },
    { operation: "setPrivilege", method: "PUT", path, handle: setPrivilege },
  ];
}

function view({ user, database, permission }: Privilege): Record<string, unknown> {
  return { user_name: user, database_name: database, permission };
}

function listPrivileges(call: Call): Answer {
  const { query } = call;
  const [user, database] = [query.get("user_name"), query.get("database_name")];
  const rows = everyPrivilege(readyInstance(call)).filter(
    (one) => (!user || one.user === user) && (!database || one.database === database),
  );
  return bodyPage(call, { key: "privileges", rows, view });
}

/** Of each user in each database: what nobody has set is none, for an administrator too. */
function everyPrivilege(row: InstanceRow): Privilege[] {
  return row.users.flatMap(({ name: user }) =>
    row.databases.map(({ name: database }) => {
      const set = row.privileges.find((known) => known.user === user && known.database === database);
      return set ?? { user, database, permission: "none" };
    }),
  );
}

function setPrivilege(call: Call): Answer {
  const row = readyInstance(call);
  const body = call.body();
  const [user, database] = [required(body, "user_name"), required(body, "database_name")];
  const permission = one(body, "permission", PERMISSIONS);
  if (permission === undefined) throw invalidArgument("permission", "required");
  if (!row.users.some(({ name }) => name === user)) throw notFound("user", user);
  if (!row.databases.some(({ name }) => name === database)) throw notFound("database", database);
  const others = row.privileges.filter((known) => known.user !== user || known.database !== database);
  const set = { user, database, permission };
  putInstance(call, row, { privileges: [...others, set] });
  return json(200, view(set));
}
