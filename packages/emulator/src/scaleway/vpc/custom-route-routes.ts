import { text, texts } from "../../http/body.ts";
import type { Body } from "../../http/body.ts";
import { invalidArgument, notFound } from "../../http/refusal.ts";
import { json } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import { requiredUuid, uuid } from "../../http/uuids.ts";
import { zuluDate } from "../dates.ts";
import { privateNics } from "../instance/rows.ts";
import { placeOf } from "../listed.ts";
import { regionOf } from "../region-of.ts";
import { deleteHandler } from "../delete-handler.ts";
import { givenBlock, requiredBlock } from "./blocks.ts";
import { foundUnknown } from "./found-unknown.ts";
import { networkNamed } from "./network-routes.ts";
import { customRoutes, vpcConnectors } from "./rows.ts";
import type { RouteRow } from "./rows.ts";
import { vpcNamed } from "./vpc-routes.ts";

const ROUTES = "/vpc/v2/regions/{region}/routes";

/** Routes that somebody made; those of the cloud itself are shown with the next hops. */
export function customRouteRoutes(): Route[] {
  const one = `${ROUTES}/{id}`;
  return [
    { operation: "createRoute", method: "POST", path: ROUTES, handle: createRoute },
    {
      operation: "getRoute",
      method: "GET",
      path: one,
      handle: (call) => json(200, viewRoute(routeOf(call))),
    },
    { operation: "updateRoute", method: "PATCH", path: one, handle: updateRoute },
    { operation: "deleteRoute", method: "DELETE", path: one, handle: deleteHandler(customRoutes, routeOf) },
  ];
}

function routeOf(call: Call): RouteRow {
  return foundUnknown(call, customRoutes(call.world), "route_id");
}

function createRoute(call: Call): Answer {
  const { world, now } = call;
  const body = call.body();
  const description = descriptionOf(body) ?? "";
  const destination = requiredBlock(body, "destination");
  const nexthop = nexthopOf(call, body);
  const vpc = vpcNamed(call, requiredUuid(body, "vpc_id"));
  if (Object.values(nexthop).every((id) => id === undefined))
    throw invalidArgument("nexthop_resource_id", "required");
  const row: RouteRow = {
    id: world.random.uuid(),
    name: description,
    zone: vpc.zone,
    tags: texts(body, "tags") ?? [],
    createdAt: now,
    modifiedAt: now,
    vpcId: vpc.id,
    description,
    destination,
    nexthopResourceId: nexthop.resourceId ?? null,
    nexthopPrivateNetworkId: nexthop.privateNetworkId ?? null,
    nexthopVpcConnectorId: nexthop.vpcConnectorId ?? null,
  };
  return json(200, viewRoute(customRoutes(world).put(row, now)));
}

function updateRoute(call: Call): Answer {
  const row = routeOf(call);
  const body = call.body();
  const nexthop = nexthopOf(call, body);
  const description = descriptionOf(body) ?? row.description;
  const next: RouteRow = {
    ...row,
    name: description,
    description,
    tags: texts(body, "tags") ?? row.tags,
    destination: givenBlock(body, "destination") ?? row.destination,
    nexthopResourceId: nexthop.resourceId ?? row.nexthopResourceId,
    nexthopPrivateNetworkId: nexthop.privateNetworkId ?? row.nexthopPrivateNetworkId,
    nexthopVpcConnectorId: nexthop.vpcConnectorId ?? row.nexthopVpcConnectorId,
    modifiedAt: call.now,
  };
  return json(200, viewRoute(customRoutes(call.world).put(next, call.now)));
}

interface Nexthop {
  /** A private NIC: what other products have in the network is not known here. */
  resourceId: string | undefined;
  privateNetworkId: string | undefined;
  vpcConnectorId: string | undefined;
}

function nexthopOf(call: Call, body: Body): Nexthop {
  const nexthop = {
    resourceId: uuid(body, "nexthop_resource_id"),
    privateNetworkId: uuid(body, "nexthop_private_network_id"),
    vpcConnectorId: uuid(body, "nexthop_vpc_connector_id"),
  };
  const nic = privateNics(call.world).get(nexthop.resourceId ?? "");
  if (nexthop.resourceId && (!nic || regionOf(nic.zone) !== placeOf(call)))
    throw invalidArgument("nexthop_resource_id", "unknown", "nexthop_resource_not_found: {}");
  if (nexthop.privateNetworkId) networkNamed(call, nexthop.privateNetworkId);
  const connectorId = nexthop.vpcConnectorId;
  if (connectorId && vpcConnectors(call.world).get(connectorId)?.zone !== placeOf(call))
    throw notFound("vpc_connector", connectorId);
  return nexthop;
}

function descriptionOf(body: Body): string | undefined {
  const description = text(body, "description");
  if (description !== undefined && description.length > 200)
    throw invalidArgument("description", "constraint", "must not be longer than 200 characters");
  return description;
}

export function viewRoute(row: RouteRow): Record<string, unknown> {
  return {
    id: row.id,
    description: row.description,
    tags: row.tags,
    vpc_id: row.vpcId,
    destination: row.destination,
    nexthop_resource_id: row.nexthopResourceId,
    nexthop_private_network_id: row.nexthopPrivateNetworkId,
    nexthop_vpc_connector_id: row.nexthopVpcConnectorId,
    created_at: zuluDate(row.createdAt),
    updated_at: zuluDate(row.modifiedAt),
    is_read_only: false,
    type: "custom",
    region: row.zone,
  };
}
