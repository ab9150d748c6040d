import { flag } from "../../../http/body.ts";
import { json } from "../../../http/route.ts";
import type { Call, Route } from "../../../http/route.ts";
import { uuids } from "../../../http/uuids.ts";
import { servers } from "../rows.ts";
import type { Action } from "../server-can.ts";
import { act } from "../server-routes.ts";
import { withDeleteOptions } from "./delete-options.ts";
import type { DeleteOptions } from "./delete-options.ts";
import { SERVERS, serverOf } from "./server-routes.ts";
import { viewServer } from "./server-view.ts";

type Asked = Exclude<Action, "backup">;

const ACTIONS: readonly (readonly [operation: string, path: string, action: Asked])[] = [
  ["startServer", "start", "poweron"],
  ["rebootServer", "reboot", "reboot"],
  ["pauseServer", "pause", "stop_in_place"],
  ["stopServer", "stop", "poweroff"],
  ["stopAndDeleteServer", "stop-and-delete", "terminate"],
];

/** v1's actions, each with a path of its own; they answer with the server as it then is. */
export function serverActionRoutes(): Route[] {
  return ACTIONS.map(([operation, path, action]) => ({
    operation,
    method: "POST",
    path: `${SERVERS}/{id}/${path}`,
    handle(call) {
      const row = serverOf(call);
      act(
        call,
        action === "terminate" ? withDeleteOptions(call.world, row, deleteOptionsOf(call)) : row,
        action,
      );
      return json(200, viewServer(call.world, servers(call.world).get(row.id) ?? row));
    },
  }));
}

function deleteOptionsOf(call: Call): DeleteOptions {
  const body = call.text === "" ? {} : call.body();
  return {
    allIps: flag(body, "delete_all_ips", false),
    ipIds: uuids(body, "delete_ip_ids") ?? [],
    allVolumes: flag(body, "delete_all_volumes", false),
    volumeIds: uuids(body, "delete_volume_ids") ?? [],
    keepNics: flag(body, "keep_all_private_nics", false),
    nicIds: uuids(body, "delete_private_nic_ids"),
  };
}
