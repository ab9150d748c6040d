import { invalidArgument, notFound } from "../../http/refusal.ts";
import { json, noContent, plain } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import { placeOf } from "../listed.ts";
import { servers } from "./rows.ts";
import { serverOf } from "./server-routes.ts";

const USER_DATA = "/instance/v1/zones/{zone}/servers/{id}/user_data";
const MOST_BYTES = 128 * 1024;

/** Raw text by key, as cloud-init reads it. */
export function userDataRoutes(): Route[] {
  return [
    {
      operation: "listUserData",
      method: "GET",
      path: USER_DATA,
      handle: (call) => json(200, { user_data: Object.keys(serverOf(call).userData).sort() }),
    },
    { operation: "getUserData", method: "GET", path: `${USER_DATA}/{key}`, handle: getUserData },
    { operation: "setUserData", method: "PATCH", path: `${USER_DATA}/{key}`, handle: setUserData },
    { operation: "deleteUserData", method: "DELETE", path: `${USER_DATA}/{key}`, handle: deleteUserData },
  ];
}

/** Everything comes as text: also that there is no such server. */
function getUserData(call: Call): Answer {
  const { id = "" } = call.params;
  const row = servers(call.world).get(id);
  if (row?.zone !== placeOf(call))
    return plain(404, `${JSON.stringify(notFound("instance_server", id).body)}\n`);
  const value = row.userData[keyOf(call)];
  return value === undefined ? plain(404, "") : plain(200, value);
}

function setUserData(call: Call): Answer {
  const row = serverOf(call);
  if (Buffer.byteLength(call.text) > MOST_BYTES)
    throw invalidArgument("user_data", "constraint", `must not be larger than ${MOST_BYTES} bytes`);
  const userData = { ...row.userData, [keyOf(call)]: call.text };
  servers(call.world).put({ ...row, userData }, call.now);
  return noContent("text/plain");
}

function deleteUserData(call: Call): Answer {
  const row = serverOf(call);
  const { [keyOf(call)]: dropped, ...userData } = row.userData;
  if (dropped === undefined) return plain(404, "");
  servers(call.world).put({ ...row, userData }, call.now);
  return noContent();
}

function keyOf(call: Call): string {
  return call.params.key ?? "";
}
