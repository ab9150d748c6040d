import { texts } from "../../http/body.ts";
import { headerPage } from "../../http/page.ts";
import { notFound } from "../../http/refusal.ts";
import { json, noContent } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import { requiredUuid, uuids } from "../../http/uuids.ts";
import { meeting, tagged } from "../listed.ts";
import { createNic } from "./create-nic.ts";
import { removeNic } from "./nic-states.ts";
import { viewNic } from "./nic-view.ts";
import { byServer, privateNics } from "./rows.ts";
import type { PrivateNicRow } from "./rows.ts";
import { serverOf } from "./server-routes.ts";

const NICS = "/instance/v1/zones/{zone}/servers/{id}/private_nics";

/** Network cards in private networks, by the servers that have them. */
export function nicRoutes(): Route[] {
  const one = `${NICS}/{nic}`;
  return [
    { operation: "listPrivateNICs", method: "GET", path: NICS, handle: listNics },
    { operation: "createPrivateNIC", method: "POST", path: NICS, handle: create },
    {
      operation: "getPrivateNIC",
      method: "GET",
      path: one,
      handle: (call) => json(200, { private_nic: viewNic(call.world, nicOf(call)) }),
    },
    { operation: "updatePrivateNIC", method: "PATCH", path: one, handle: update },
    {
      operation: "deletePrivateNIC",
      method: "DELETE",
      path: one,
      handle(call) {
        removeNic(call.world, nicOf(call), call.now);
        return noContent();
      },
    },
  ];
}

function listNics(call: Call): Answer {
  const { query, world, listLagMs, now } = call;
  const server = serverOf(call);
  const table = privateNics(world);
  const all =
    listLagMs > 0
      ? table.asOf(now - listLagMs).filter((row) => row.serverId === server.id)
      : table.by(byServer, server.id);
  return headerPage(call, {
    key: "private_nics",
    path: "/private_nics",
    rows: meeting(all, [tagged(query)]),
    view: (row) => viewNic(world, row),
  });
}

function create(call: Call): Answer {
  const server = serverOf(call);
  const body = call.body();
  const order = {
    zone: server.zone,
    projectId: server.projectId,
    privateNetworkId: requiredUuid(body, "private_network_id"),
    server,
    ipIds: uuids(body, "ipam_ip_ids") ?? uuids(body, "ip_ids"),
    tags: texts(body, "tags"),
  };
  return json(201, { private_nic: viewNic(call.world, createNic(call.world, order, call.now)) });
}

/** Wrapped like the other answers of v1, although the SDK reads it bare. */
function update(call: Call): Answer {
  const row = nicOf(call);
  const tags = texts(call.body(), "tags") ?? row.tags;
  const next = privateNics(call.world).put({ ...row, tags, modifiedAt: call.now }, call.now);
  return json(200, { private_nic: viewNic(call.world, next) });
}

/** `{nic}` is the id or the MAC address. */
function nicOf(call: Call): PrivateNicRow {
  const server = serverOf(call);
  const key = call.params.nic ?? "";
  const row = privateNics(call.world)
    .by(byServer, server.id)
    .find((one) => one.id === key || one.macAddress === key);
  if (!row) throw notFound("instance_private_nic", key);
  return row;
}
