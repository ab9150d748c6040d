import { required, texts } from "../../http/body.ts";
import { bodyPage, headerPage } from "../../http/page.ts";
import { notFound, preconditionFailed } from "../../http/refusal.ts";
import { json, noContent } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import { zuluDate } from "../dates.ts";
import { among, equal, found, listed, tagged } from "../listed.ts";
import { viewNic } from "./nic-view.ts";
import { byServer, privateNics } from "./rows.ts";
import type { PrivateNicRow } from "./rows.ts";
import { serverOf } from "./server-routes.ts";

const NICS = "/instance/v1/zones/{zone}/servers/{id}/private_nics";
const INTERFACES = "/instance/v2alpha1/zones/{zone}/private-network-interfaces";

/** Network cards in private networks; the networks themselves are taken as given. */
export function nicRoutes(): Route[] {
  return [
    { operation: "listPrivateNICs", method: "GET", path: NICS, handle: listNics },
    { operation: "createPrivateNIC", method: "POST", path: NICS, handle: createNic },
    {
      operation: "getPrivateNIC",
      method: "GET",
      path: `${NICS}/{nic}`,
      handle: (call) => json(200, { private_nic: viewNic(nicOf(call)) }),
    },
    {
      operation: "deletePrivateNIC",
      method: "DELETE",
      path: `${NICS}/{nic}`,
      handle(call) {
        privateNics(call.world).remove(nicOf(call).id, call.now);
        return noContent();
      },
    },
    { operation: "listPrivateNetworkInterfaces", method: "GET", path: INTERFACES, handle: listInterfaces },
    {
      operation: "getPrivateNetworkInterface",
      method: "GET",
      path: `${INTERFACES}/{nic}`,
      handle: (call) => json(200, viewInterface(interfaceOf(call))),
    },
    {
      operation: "deletePrivateNetworkInterface",
      method: "DELETE",
      path: `${INTERFACES}/{nic}`,
      handle(call) {
        interfaceOf(call);
        const help = "Can't delete a private network interface attached to a server";
        throw preconditionFailed(412, "resource_not_usable", help);
      },
    },
  ];
}

function listNics(call: Call): Answer {
  const server = serverOf(call);
  const rows = listed(call, privateNics(call.world), [{ test: (row) => row.serverId === server.id }]);
  return headerPage(call, { key: "private_nics", path: "/private_nics", rows, view: viewNic });
}

function createNic(call: Call): Answer {
  const { world, now } = call;
  const server = serverOf(call);
  const body = call.body();
  const id = world.random.uuid();
  const row: PrivateNicRow = {
    id,
    name: id,
    zone: server.zone,
    tags: texts(body, "tags") ?? [],
    createdAt: now,
    projectId: server.projectId,
    serverId: server.id,
    privateNetworkId: required(body, "private_network_id"),
    macAddress: `02:00:00:${(world.random.hex(6).match(/../g) ?? []).join(":")}`,
    ipamIpIds: texts(body, "ipam_ip_ids") ?? [world.random.uuid(), world.random.uuid()],
  };
  return json(201, { private_nic: viewNic(privateNics(world).put(row, now)) });
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

function interfaceOf(call: Call): PrivateNicRow {
  return found(call, privateNics(call.world), {
    resource: "instance_private_nic",
    id: call.params.nic ?? "",
  });
}

function listInterfaces(call: Call): Answer {
  const { query, world } = call;
  const rows = listed(call, privateNics(world), [
    among(query, "server_ids", (row) => row.serverId),
    equal(query, "project_id", (row) => row.projectId),
    equal(query, "private_network_id", (row) => row.privateNetworkId),
    tagged(query),
  ]);
  return bodyPage(call, {
    key: "private_network_interfaces",
    rows,
    order: query.get("order_by") ?? "created_at_desc",
    view: viewInterface,
  });
}

function viewInterface(row: PrivateNicRow): Record<string, unknown> {
  return {
    id: row.id,
    private_network_id: row.privateNetworkId,
    project_id: row.projectId,
    server_id: row.serverId,
    security_group_id: "",
    mac_address: row.macAddress,
    status: "available",
    ip_ids: row.ipamIpIds,
    tags: row.tags,
    created_at: zuluDate(row.createdAt),
    updated_at: zuluDate(row.createdAt),
  };
}
