import { preconditionFailed } from "../../http/refusal.ts";
import type { World } from "../../world.ts";
import { parseCidr } from "../cidr.ts";
import type { Cidr } from "../cidr.ts";
import { writeIp } from "../ip-address.ts";
import { inPlace } from "../listed.ts";
import type { PrivateNetworkRow, Subnet } from "../vpc/rows.ts";
import { byHolder, bySubnetAndAddress, privateAddresses } from "./rows.ts";
import type { Holder, PrivateAddressRow } from "./rows.ts";

interface NewAddress {
  network: PrivateNetworkRow;
  subnet: Subnet;
  /** @default the next one that is free */
  address?: string | undefined;
  tags?: readonly string[];
  holder: Holder | null;
  isBooked: boolean;
}

/** Takes an address out of a subnet. */
export function takeAddress(world: World, given: NewAddress, at: number): PrivateAddressRow {
  const { network, subnet, holder, isBooked } = given;
  const block = parseCidr(subnet.cidr) as Cidr;
  const address = given.address ?? nextFree(world, subnet.id, block);
  const row: PrivateAddressRow = {
    id: world.random.uuid(),
    name: address,
    zone: network.zone,
    tags: given.tags ?? [],
    createdAt: at,
    modifiedAt: at,
    projectId: network.projectId,
    address,
    length: block.length,
    isIpv6: block.isIpv6,
    privateNetworkId: network.id,
    subnetId: subnet.id,
    isBooked,
    holder,
    attachedAt: holder ? at : null,
    reverses: [],
  };
  return privateAddresses(world).put(row, at);
}

export function isTaken(world: World, subnetId: string, address: string): boolean {
  return privateAddresses(world).by(bySubnetAndAddress, `${subnetId} ${address}`).length > 0;
}

/** What something has in the region: its IPv4 first, if it took them by itself. */
export function addressesOf(world: World, region: string, holderId: string): readonly PrivateAddressRow[] {
  return privateAddresses(world).by(byHolder, inPlace(region, holderId));
}

export function holdAddress(
  world: World,
  row: PrivateAddressRow,
  holder: Holder | null,
  at: number,
): PrivateAddressRow {
  const attachedAt = holder ? at : null;
  return privateAddresses(world).put({ ...row, holder, attachedAt, modifiedAt: at }, at);
}

/**
 * Its end: what was booked is free again, the rest is no more.
 * @param networkId only what is in this network
 */
export function freeAddresses(
  world: World,
  region: string,
  holderId: string,
  at: number,
  networkId?: string,
): void {
  for (const row of addressesOf(world, region, holderId).slice()) {
    if (networkId !== undefined && row.privateNetworkId !== networkId) continue;
    if (row.isBooked) holdAddress(world, row, null, at);
    else privateAddresses(world).remove(row.id, at);
  }
}

/** IPv4 counts up from the third of the block and begins anew at its end; IPv6 is drawn. */
function nextFree(world: World, subnetId: string, block: Cidr): string {
  // The network's own address, its gateway's and the broadcast address are not given out.
  const usable = block.size - 3n;
  for (let tries = 0n; tries < usable; tries++) {
    const host = block.isIpv6
      ? BigInt(`0x${world.random.hex(16)}`)
      : 2n + (BigInt(world.store.next(`subnet ${subnetId}`) - 1) % usable);
    const address = writeIp({ isIpv6: block.isIpv6, value: block.first + host });
    if (!isTaken(world, subnetId, address)) return address;
  }
  throw preconditionFailed(412, "resource_not_usable", "No address is left in the subnet");
}
