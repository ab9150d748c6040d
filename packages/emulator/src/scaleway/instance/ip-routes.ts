import { one, text, texts } from "../../http/body.ts";
import { headerPage } from "../../http/page.ts";
import { invalidArgument, notFound, preconditionFailed } from "../../http/refusal.ts";
import { json, noContent } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import type { World } from "../../world.ts";
import { equal, found, listed, tagged, when } from "../listed.ts";
import { byProject, inOrganization, organizationOf, projectOf } from "../project.ts";
import { takeIpv4, takeIpv6Prefix } from "./addresses.ts";
import { heldBy, ipState } from "./ip-states.ts";
import { location } from "./location.ts";
import { byAddress, ips, servers } from "./rows.ts";
import type { IpRow } from "./rows.ts";
import { viewServerRef } from "./volume-view.ts";

const IPS = "/instance/v1/zones/{zone}/ips";

/** Routed addresses, v4 and v6; `{ip}` is the id or the address. */
export function ipRoutes(): Route[] {
  return [
    { operation: "listIps", method: "GET", path: IPS, handle: listIps },
    { operation: "createIp", method: "POST", path: IPS, handle: createIp },
    {
      operation: "getIp",
      method: "GET",
      path: `${IPS}/{ip}`,
      handle: (call) => json(200, { ip: viewIp(call.world, ipOf(call)) }),
    },
    { operation: "updateIp", method: "PATCH", path: `${IPS}/{ip}`, handle: updateIp },
    { operation: "deleteIp", method: "DELETE", path: `${IPS}/{ip}`, handle: deleteIp },
    { operation: "releaseIpToIpam", method: "POST", path: `${IPS}/{ip}/release-to-ipam`, handle: releaseIp },
  ];
}

function listIps(call: Call): Answer {
  const { query, world } = call;
  const rows = listed(call, ips(world), [
    equal(query, "project", (row) => row.projectId, byProject),
    inOrganization(call),
    equal(query, "type", typeOf),
    when(query, "name", (wanted, row) => row.address.includes(wanted)),
    { test: (row) => !row.isReleased },
    tagged(query),
  ]);
  return headerPage(call, {
    key: "ips",
    path: "/ips",
    rows,
    order: "creation_date_desc",
    view: (row) => viewIp(world, row),
  });
}

function createIp(call: Call): Answer {
  const body = call.body();
  const type = one(body, "type", ["routed_ipv4", "routed_ipv6"]) ?? "routed_ipv4";
  const serverId = text(body, "server") || null;
  if (serverId) found(call, servers(call.world), { resource: "instance_server", id: serverId });
  const row = newIp(call, {
    projectId: projectOf(call, body),
    tags: texts(body, "tags") ?? [],
    family: type === "routed_ipv4" ? "inet" : "inet6",
  });
  const made = attachIp(call, row, serverId);
  return json(201, { ip: viewIp(call.world, made) }, location(row.zone, "ips", row.id));
}

/** A reserved address of the call's zone, attached to nothing. */
export function newIp(call: Call, given: Pick<IpRow, "projectId" | "tags" | "family">): IpRow {
  const { world, now } = call;
  const id = world.random.uuid();
  const row: IpRow = {
    id,
    name: id,
    zone: call.params.zone ?? "",
    createdAt: now,
    ...given,
    address: given.family === "inet" ? takeIpv4(world) : takeIpv6Prefix(world),
    reverse: null,
    serverId: null,
  };
  return ips(world).put(row, now);
}

function updateIp(call: Call): Answer {
  const { world, now } = call;
  const row = ipOf(call);
  const body = call.body();
  const reverse = text(body, "reverse");
  if (reverse)
    throw invalidArgument(
      "reverse",
      "constraint",
      `Your reverse must resolve. Ensure the command 'dig +short ${reverse}' matches your IP address '${row.address}'. If it does, please contact our support.`,
    );
  const next = ips(world).put(
    { ...row, tags: texts(body, "tags") ?? row.tags, reverse: "reverse" in body ? null : row.reverse },
    now,
  );
  const moved = "server" in body ? attachIp(call, next, text(body, "server") ?? null) : next;
  return json(200, { ip: viewIp(world, moved) });
}

function deleteIp(call: Call): Answer {
  const row = attachIp(call, ipOf(call), null);
  ips(call.world).remove(row.id, call.now);
  return noContent();
}

function releaseIp(call: Call): Answer {
  const row = attachIp(call, ipOf(call), null);
  ips(call.world).put({ ...row, isReleased: true }, call.now);
  return noContent();
}

/** Moves the address to that server, or to none; an address that a server has is not taken from it. */
export function attachIp(call: Call, row: IpRow, serverId: string | null): IpRow {
  const { world, now } = call;
  if (row.serverId === serverId) return row;
  const to = serverId === null ? undefined : servers(world).get(serverId);
  if (serverId !== null && to?.zone !== row.zone) throw notFound("instance_server", serverId);
  if (to && row.serverId)
    throw preconditionFailed(412, "resource_still_in_use", "IP is already attached to a server");
  const from = row.serverId === null ? undefined : servers(world).get(row.serverId);
  if (from) servers(world).put({ ...from, ipIds: from.ipIds.filter((id) => id !== row.id) }, now);
  if (to) {
    const dynamicIp = row.family === "inet" ? null : to.dynamicIp;
    servers(world).put({ ...to, ipIds: [...to.ipIds, row.id], dynamicIp }, now);
  }
  return ips(world).put({ ...heldBy(row, to, now), isReleased: false }, now);
}

function ipOf(call: Call): IpRow {
  const key = call.params.ip ?? "";
  const table = ips(call.world);
  const row = table.get(key) ?? table.by(byAddress, key)[0];
  if (!row || row.isReleased || row.zone !== call.params.zone) throw notFound("instance_ip", key);
  return row;
}

function typeOf(row: IpRow): string {
  return row.family === "inet" ? "routed_ipv4" : "routed_ipv6";
}

function viewIp(world: World, row: IpRow): Record<string, unknown> {
  return {
    id: row.id,
    address: row.family === "inet" ? row.address : null,
    prefix: row.family === "inet" ? null : `${row.address}/64`,
    reverse: row.reverse,
    server: viewServerRef(world, row.serverId),
    organization: organizationOf(world, row.projectId),
    project: row.projectId,
    zone: row.zone,
    type: typeOf(row),
    state: ipState(world, row),
    tags: row.tags,
    ipam_id: row.id,
  };
}
