import { flag } from "../../../http/body.ts";
import { invalidArgument, notFound } from "../../../http/refusal.ts";
import { json } from "../../../http/route.ts";
import type { Call, Route } from "../../../http/route.ts";
import { requiredUuid } from "../../../http/uuids.ts";
import { attachIp } from "../ip-routes.ts";
import { ips, servers } from "../rows.ts";
import type { IpRow, ServerRow } from "../rows.ts";
import { SERVERS, serverOf } from "./server-routes.ts";
import { viewServer } from "./server-view.ts";

/** The addresses of the public network interface. */
export function serverIpRoutes(): Route[] {
  const route = (operation: string, path: string, change: (call: Call, row: ServerRow) => void): Route => ({
    operation,
    method: "POST",
    path: `${SERVERS}/{id}/${path}`,
    handle(call) {
      change(call, serverOf(call));
      return json(200, viewServer(call.world, serverOf(call)));
    },
  });
  return [
    route("attachServerIP", "attach-ip", attach),
    route("detachServerIP", "detach-ip", (call, row) => attachIp(call, ownIp(call, row), null)),
    route("setServerDefaultIP", "set-default-ip", (call, row) => makeDefault(call, ownIp(call, row).id)),
  ];
}

/** An address that another server has is taken from it only if the caller says so. */
function attach(call: Call, row: ServerRow): void {
  const body = call.body();
  const ip = ipOf(call, row);
  const free = flag(body, "move_allowed", false) ? attachIp(call, ip, null) : ip;
  attachIp(call, free, row.id);
  if (flag(body, "default", false)) makeDefault(call, ip.id);
}

/** The first address is the default one. */
function makeDefault(call: Call, id: string): void {
  const row = serverOf(call);
  const ipIds = [id, ...row.ipIds.filter((one) => one !== id)];
  servers(call.world).put({ ...row, ipIds, modifiedAt: call.now }, call.now);
}

function ownIp(call: Call, row: ServerRow): IpRow {
  const ip = ipOf(call, row);
  if (ip.serverId !== row.id)
    throw invalidArgument("ip_id", "constraint", `IP ${ip.id} is not attached to this server`);
  return ip;
}

function ipOf(call: Call, row: ServerRow): IpRow {
  const id = requiredUuid(call.body(), "ip_id");
  const ip = ips(call.world).get(id);
  if (ip?.zone !== row.zone) throw notFound("instance_ip", id);
  return ip;
}
