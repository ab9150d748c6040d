import { invalidArgument, notFound, preconditionFailed } from "../../http/refusal.ts";
import type { World } from "../../world.ts";
import { parseCidr } from "../cidr.ts";
import { holdAddress, takeAddress } from "../ipam/private-addresses.ts";
import { privateAddresses } from "../ipam/rows.ts";
import type { Holder, PrivateAddressRow } from "../ipam/rows.ts";
import { regionOf } from "../region-of.ts";
import { privateNetworks } from "../vpc/rows.ts";
import type { PrivateNetworkRow } from "../vpc/rows.ts";
import { attachNic } from "./nic-states.ts";
import { byServer, privateNics } from "./rows.ts";
import type { PrivateNicRow, ServerRow } from "./rows.ts";

export interface NicOrder {
  readonly zone: string;
  readonly projectId: string;
  readonly privateNetworkId: string;
  /** @default none: the card waits to be put into one */
  readonly server?: ServerRow | undefined;
  /** Reserved addresses. @default one of each family that the network has */
  readonly ipIds?: readonly string[] | undefined;
  /** How the caller named them. */
  readonly ipIdsArgument?: string;
  readonly securityGroupId?: string | undefined;
  readonly tags?: readonly string[] | undefined;
}

/** A network card with its addresses; everything is checked before anything is made. */
export function createNic(world: World, order: NicOrder, at: number): PrivateNicRow {
  const { server } = order;
  const network = networkOf(world, order.zone, order.privateNetworkId);
  if (server) checkFreeOf(world, server, network.id);
  if (network.projectId !== order.projectId)
    throw invalidArgument("private_network_id", "constraint", "must be in the project of the server");
  const reserved = (order.ipIds ?? []).map((id) => reservedAddress(world, network, { ...order, id }));

  const id = world.random.uuid();
  const row: PrivateNicRow = {
    id,
    name: id,
    zone: order.zone,
    tags: order.tags ?? [],
    createdAt: at,
    modifiedAt: at,
    projectId: order.projectId,
    serverId: null,
    privateNetworkId: network.id,
    securityGroupId: order.securityGroupId ?? null,
    macAddress: `02:00:00:${(world.random.hex(6).match(/../g) ?? []).join(":")}`,
    status: "available",
    epoch: 0,
  };
  const made = privateNics(world).put(row, at);
  const holder: Holder = { type: "instance_private_nic", id, macAddress: row.macAddress, name: null };
  for (const address of reserved) holdAddress(world, address, holder, at);
  if (reserved.length === 0) takeOneOfEach(world, network, holder, at);
  return server ? attachNic(world, made, server, at) : made;
}

/** The network, which must be in the region of the zone. */
export function networkOf(world: World, zone: string, id: string): PrivateNetworkRow {
  const network = privateNetworks(world).get(id);
  if (network?.zone !== regionOf(zone)) throw notFound("private_network", id);
  return network;
}

/** A server is in a network once. */
export function checkFreeOf(world: World, server: ServerRow, networkId: string): void {
  if (
    privateNics(world)
      .by(byServer, server.id)
      .some((nic) => nic.privateNetworkId === networkId)
  )
    throw preconditionFailed(
      412,
      "resource_still_in_use",
      "The server is already attached to this private network",
    );
}

function reservedAddress(
  world: World,
  network: PrivateNetworkRow,
  { id, ipIdsArgument = "ipam_ip_ids" }: { id: string; ipIdsArgument?: string },
): PrivateAddressRow {
  const address = privateAddresses(world).get(id);
  if (address?.zone !== network.zone) throw notFound("ip", id);
  if (address.privateNetworkId !== network.id)
    throw invalidArgument(ipIdsArgument, "constraint", `IP ${id} is not in this private network`);
  if (address.holder)
    throw preconditionFailed(412, "resource_still_in_use", `IP ${id} is already attached to a resource`);
  return address;
}

function takeOneOfEach(world: World, network: PrivateNetworkRow, holder: Holder, at: number): void {
  for (const isIpv6 of [false, true]) {
    const subnet = network.subnets.find(({ cidr }) => parseCidr(cidr)?.isIpv6 === isIpv6);
    if (subnet) takeAddress(world, { network, subnet, holder, isBooked: false }, at);
  }
}
