import { flag, texts } from "../../http/body.ts";
import { bodyPage } from "../../http/page.ts";
import { preconditionFailed } from "../../http/refusal.ts";
import { json, noContent } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import { pathUuid, uuid } from "../../http/uuids.ts";
import { anyTag } from "../any-tag.ts";
import { byPrivateNetwork, privateNics } from "../instance/rows.ts";
import { byNetwork, privateAddresses } from "../ipam/rows.ts";
import { among, containing, equal, flagged, found, inPlace, listed } from "../listed.ts";
import { newNamedRow, renamed } from "../named-row.ts";
import { byProject, inOrganization, regionalProjectOf } from "../project.ts";
import { checkQueriedIds } from "../queried-ids.ts";
import { viewNetwork } from "./network-view.ts";
import { newSubnet, planSubnets } from "./plan-subnets.ts";
import { privateNetworks } from "./rows.ts";
import type { PrivateNetworkRow } from "./rows.ts";
import { vpcOrDefault } from "./vpc-routes.ts";

export const NETWORKS = "/vpc/v2/regions/{region}/private-networks";

export function networkRoutes(): Route[] {
  const one = `${NETWORKS}/{id}`;
  return [
    { operation: "listPrivateNetworks", method: "GET", path: NETWORKS, handle: listNetworks },
    { operation: "createPrivateNetwork", method: "POST", path: NETWORKS, handle: createNetwork },
    {
      operation: "getPrivateNetwork",
      method: "GET",
      path: one,
      handle: (call) => json(200, viewNetwork(call.world, networkOf(call))),
    },
    { operation: "updatePrivateNetwork", method: "PATCH", path: one, handle: updateNetwork },
    { operation: "deletePrivateNetwork", method: "DELETE", path: one, handle: deleteNetwork },
    {
      operation: "enableDHCP",
      method: "POST",
      path: `${one}/enable-dhcp`,
      handle: (call) =>
        json(200, viewNetwork(call.world, changeNetwork(call, networkOf(call), { dhcpEnabled: true }))),
    },
  ];
}

/** The network of the call's path. */
export function networkOf(call: Call): PrivateNetworkRow {
  return networkNamed(call, pathUuid(call, "private_network_id"));
}

export function networkNamed(call: Call, id: string): PrivateNetworkRow {
  return found(call, privateNetworks(call.world), { resource: "private_network", id });
}

export function changeNetwork(
  call: Call,
  row: PrivateNetworkRow,
  change: Partial<PrivateNetworkRow>,
): PrivateNetworkRow {
  return privateNetworks(call.world).put({ ...row, ...change, modifiedAt: call.now }, call.now);
}

function listNetworks(call: Call): Answer {
  const { query, world } = call;
  checkQueriedIds(call, ["project_id", "organization_id", "vpc_id", "private_network_ids"]);
  const rows = listed(call, privateNetworks(world), [
    containing(query, "name", (row) => row.name),
    equal(query, "project_id", (row) => row.projectId, byProject),
    inOrganization(call),
    equal(query, "vpc_id", (row) => row.vpcId),
    flagged(query, "dhcp_enabled", (row) => row.dhcpEnabled),
    flagged(query, "s3_integration_enabled", (row) => row.s3IntegrationEnabled),
    among(query, "private_network_ids", (row) => row.id),
    anyTag(query),
  ]);
  const order = query.get("order_by") ?? "created_at_asc";
  return bodyPage(call, { key: "private_networks", rows, order, view: (row) => viewNetwork(world, row) });
}

function createNetwork(call: Call): Answer {
  const { world, now } = call;
  const body = call.body();
  const named = newNamedRow(call);
  const projectId = regionalProjectOf(call, body);
  const propagates = flag(body, "default_route_propagation_enabled", false);
  const given = texts(body, "subnets") ?? [];
  const vpc = vpcOrDefault(call, uuid(body, "vpc_id"), projectId);
  const subnets = planSubnets(world, { vpcId: vpc.id, projectId }, given);
  const row: PrivateNetworkRow = {
    ...named,
    projectId,
    vpcId: vpc.id,
    subnets: subnets.map((cidr) => newSubnet(world, cidr, now)),
    dhcpEnabled: true,
    defaultRoutePropagationEnabled: propagates,
    s3IntegrationEnabled: false,
  };
  return json(200, viewNetwork(world, privateNetworks(world).put(row, now)));
}

function updateNetwork(call: Call): Answer {
  const row = networkOf(call);
  const next = changeNetwork(call, renamed(call, row), {
    defaultRoutePropagationEnabled: flag(
      call.body(),
      "default_route_propagation_enabled",
      row.defaultRoutePropagationEnabled,
    ),
  });
  return json(200, viewNetwork(call.world, next));
}

function deleteNetwork(call: Call): Answer {
  const { world, now } = call;
  const row = networkOf(call);
  const isInUse =
    privateNics(world).by(byPrivateNetwork, row.id).length > 0 ||
    privateAddresses(world).by(byNetwork, inPlace(row.zone, row.id)).length > 0;
  if (isInUse)
    throw preconditionFailed(412, "resource_still_in_use", "Private Network must be empty to be deleted");
  privateNetworks(world).remove(row.id, now);
  return noContent();
}
