import { texts } from "../../../http/body.ts";
import type { Body } from "../../../http/body.ts";
import { invalidArgument, preconditionFailed } from "../../../http/refusal.ts";
import { json, noContent } from "../../../http/route.ts";
import type { Answer, Call, Route } from "../../../http/route.ts";
import { pathUuid, requiredUuid, uuid, uuids } from "../../../http/uuids.ts";
import { among, equal, found, listed, placeOf, tagged } from "../../listed.ts";
import { byProject, projectOf } from "../../project.ts";
import { checkFreeOf, createNic } from "../create-nic.ts";
import { attachNic, detachNic, removeNic } from "../nic-states.ts";
import { viewInterface } from "../nic-view.ts";
import { privateNics, servers } from "../rows.ts";
import type { PrivateNicRow, ServerRow } from "../rows.ts";
import { securityGroupNamed } from "../security-groups.ts";
import { SERVERS, serverOf } from "./server-routes.ts";
import { viewServer } from "./server-view.ts";
import { tokenPage } from "./token-page.ts";

const INTERFACES = "/instance/v2alpha1/zones/{zone}/private-network-interfaces";

/** The network cards once more, as things of their own that servers have or not. */
export function interfaceRoutes(): Route[] {
  const one = `${INTERFACES}/{id}`;
  return [
    { operation: "listPrivateNetworkInterfaces", method: "GET", path: INTERFACES, handle: listInterfaces },
    { operation: "createPrivateNetworkInterface", method: "POST", path: INTERFACES, handle: create },
    {
      operation: "getPrivateNetworkInterface",
      method: "GET",
      path: one,
      handle: (call) => json(200, viewInterface(call.world, interfaceOf(call))),
    },
    { operation: "updatePrivateNetworkInterface", method: "PATCH", path: one, handle: update },
    { operation: "deletePrivateNetworkInterface", method: "DELETE", path: one, handle: remove },
    {
      operation: "attachServerPrivateNetworkInterface",
      method: "POST",
      path: `${SERVERS}/{id}/attach-private-network-interface`,
      handle: attach,
    },
    {
      operation: "detachServerPrivateNetworkInterface",
      method: "POST",
      path: `${SERVERS}/{id}/detach-private-network-interface`,
      handle: detach,
    },
  ];
}

function interfaceOf(call: Call): PrivateNicRow {
  return interfaceNamed(call, pathUuid(call, "private_network_interface_id"));
}

function interfaceNamed(call: Call, id: string): PrivateNicRow {
  return found(call, privateNics(call.world), { resource: "instance_private_nic", id });
}

function listInterfaces(call: Call): Answer {
  const { query, world } = call;
  const rows = listed(call, privateNics(world), [
    among(query, "server_ids", (row) => row.serverId),
    among(query, "private_network_ids", (row) => row.privateNetworkId),
    equal(query, "project_id", (row) => row.projectId, byProject),
    tagged(query),
  ]);
  return tokenPage(call, {
    key: "private_network_interfaces",
    rows,
    order: query.get("order_by") ?? "created_at_desc",
    view: (row) => viewInterface(world, row),
  });
}

function create(call: Call): Answer {
  const { world, now } = call;
  const body = call.body();
  const serverId = uuid(body, "server_id");
  const order = {
    zone: placeOf(call),
    projectId: projectOf(call, body),
    privateNetworkId: requiredUuid(body, "private_network_id"),
    server: serverId === undefined ? undefined : serverNamed(call, serverId),
    ipIds: uuids(body, "ip_ids"),
    ipIdsArgument: "ip_ids",
    securityGroupId: securityGroupOf(call, body),
    tags: texts(body, "tags"),
  };
  return json(200, viewInterface(world, createNic(world, order, now)));
}

function update(call: Call): Answer {
  const row = interfaceOf(call);
  const body = call.body();
  const next: PrivateNicRow = {
    ...row,
    tags: texts(body, "tags") ?? row.tags,
    securityGroupId: securityGroupOf(call, body) ?? row.securityGroupId,
    modifiedAt: call.now,
  };
  return json(200, viewInterface(call.world, privateNics(call.world).put(next, call.now)));
}

function remove(call: Call): Answer {
  const row = interfaceOf(call);
  if (row.serverId !== null && call.world.nicDeleteV2alpha1 === "refuse")
    throw preconditionFailed(
      412,
      "resource_not_usable",
      "Can't delete a private network interface attached to a server",
    );
  removeNic(call.world, row, call.now);
  return noContent();
}

function attach(call: Call): Answer {
  const server = serverOf(call);
  const row = interfaceNamed(call, requiredUuid(call.body(), "private_network_interface_id"));
  if (row.serverId !== null)
    throw preconditionFailed(
      412,
      "resource_still_in_use",
      "The private network interface is already attached to a server",
    );
  checkFreeOf(call.world, server, row.privateNetworkId);
  attachNic(call.world, row, server, call.now);
  return json(200, viewServer(call.world, server));
}

function detach(call: Call): Answer {
  const server = serverOf(call);
  const row = interfaceNamed(call, requiredUuid(call.body(), "private_network_interface_id"));
  if (row.serverId !== server.id)
    throw invalidArgument(
      "private_network_interface_id",
      "constraint",
      `Private network interface ${row.id} is not attached to this server`,
    );
  if (row.status !== "detaching") detachNic(call.world, row, server, call.now);
  return json(200, viewServer(call.world, server));
}

function serverNamed(call: Call, id: string): ServerRow {
  return found(call, servers(call.world), { resource: "instance_server", id });
}

function securityGroupOf(call: Call, body: Body): string | undefined {
  const id = uuid(body, "security_group_id");
  return id && securityGroupNamed(call.world, placeOf(call), id).id;
}
