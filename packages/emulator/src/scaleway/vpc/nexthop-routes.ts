import { bodyPage } from "../../http/page.ts";
import { invalidArgument } from "../../http/refusal.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import type { World } from "../../world.ts";
import { anyTag } from "../any-tag.ts";
import { encloses, parseCidr } from "../cidr.ts";
import { privateNics, servers } from "../instance/rows.ts";
import { addressesOf } from "../ipam/private-addresses.ts";
import { equal, flagged, listed, meeting, when } from "../listed.ts";
import type { Filter } from "../listed.ts";
import { checkQueriedIds } from "../queried-ids.ts";
import { isIpv6Block } from "./blocks.ts";
import { viewRoute } from "./custom-route-routes.ts";
import { customRoutes, privateNetworks } from "./rows.ts";
import type { PrivateNetworkRow, RouteRow, Subnet } from "./rows.ts";

/** A route in force, and what it leads to. */
interface Hop {
  readonly route: RouteRow;
  readonly isManaged: boolean;
  readonly tags: readonly string[];
  readonly ip: string | null;
  readonly name: string | null;
  readonly resourceType: string;
}

/** All routes of the region's VPCs: one to each subnet, and those that somebody made. */
export function nexthopRoutes(): Route[] {
  return [
    {
      operation: "listRoutesWithNexthop",
      method: "GET",
      path: "/vpc/v2/regions/{region}/routes-with-nexthop",
      handle: listHops,
    },
  ];
}

function listHops(call: Call): Answer {
  const { query, world } = call;
  checkQueriedIds(call, [
    "vpc_id",
    "nexthop_resource_id",
    "nexthop_private_network_id",
    "nexthop_vpc_connector_id",
  ]);
  const managed = listed(call, privateNetworks(world)).flatMap((network) =>
    network.subnets.map((subnet) => subnetHop(network, subnet)),
  );
  const custom = listed(call, customRoutes(world)).map((route) => customHop(world, route));
  const rows = meeting(
    [...managed, ...custom].toSorted((a, b) => a.route.createdAt - b.route.createdAt),
    [
      equal(query, "vpc_id", ({ route }) => route.vpcId),
      equal(query, "nexthop_resource_id", ({ route }) => route.nexthopResourceId),
      equal(query, "nexthop_private_network_id", ({ route }) => route.nexthopPrivateNetworkId),
      equal(query, "nexthop_vpc_connector_id", ({ route }) => route.nexthopVpcConnectorId),
      when(
        query,
        "nexthop_resource_type",
        (wanted, hop) => wanted === "unknown_type" || hop.resourceType === wanted,
      ),
      flagged(query, "is_ipv6", ({ route }) => isIpv6Block(route.destination)),
      within(query.get("contains")),
      anyTag<Hop>(query),
    ],
  );
  const order = query.get("order_by") ?? "created_at_asc";
  return bodyPage(call, { key: "routes", rows, order, view: viewHop });
}

function within(text: string | null): Filter<Hop> | undefined {
  if (!text) return undefined;
  const outer = parseCidr(text);
  if (!outer) throw invalidArgument("contains", "format", "value must be a valid CIDR block");
  return {
    test({ route }) {
      const inner = parseCidr(route.destination);
      return inner !== undefined && encloses(outer, inner);
    },
  };
}

function subnetHop(network: PrivateNetworkRow, subnet: Subnet): Hop {
  const route: RouteRow = {
    id: "",
    name: "",
    zone: network.zone,
    tags: ["MANAGED"],
    createdAt: subnet.createdAt,
    modifiedAt: subnet.createdAt,
    vpcId: network.vpcId,
    description: "Local Private Network route",
    destination: subnet.cidr,
    nexthopResourceId: null,
    nexthopPrivateNetworkId: network.id,
    nexthopVpcConnectorId: null,
  };
  return { route, isManaged: true, tags: route.tags, ip: null, name: null, resourceType: "unknown_type" };
}

function customHop(world: World, route: RouteRow): Hop {
  const { tags, nexthopResourceId } = route;
  const nic = nexthopResourceId === null ? undefined : privateNics(world).get(nexthopResourceId);
  if (!nic) return { route, isManaged: false, tags, ip: null, name: null, resourceType: "unknown_type" };
  const isIpv6 = isIpv6Block(route.destination);
  return {
    route,
    isManaged: false,
    tags,
    ip: addressesOf(world, route.zone, nic.id).find((address) => address.isIpv6 === isIpv6)?.address ?? null,
    name: (nic.serverId === null ? undefined : servers(world).get(nic.serverId)?.name) ?? null,
    resourceType: "instance_private_nic",
  };
}

function viewHop({ route, isManaged, ...hop }: Hop): Record<string, unknown> {
  const shown = viewRoute(route);
  return {
    route: isManaged ? { ...shown, is_read_only: true, type: "subnet" } : shown,
    nexthop_ip: hop.ip,
    nexthop_name: hop.name,
    nexthop_resource_type: hop.resourceType,
  };
}
