import { invalidArgument } from "../../http/refusal.ts";
import type { World } from "../../world.ts";
import { encloses, overlap, parseCidr, writeCidr } from "../cidr.ts";
import type { Cidr } from "../cidr.ts";
import { parseIp, writeIp } from "../ip-address.ts";
import { byVpc, privateNetworks } from "./rows.ts";
import type { Subnet } from "./rows.ts";

const block = (text: string): Cidr => parseCidr(text) as Cidr;

const PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fd00::/8"].map(block);
const AUTO = block("172.16.0.0/12");
const AUTO_LENGTH = 22;

/** Checks given subnets against the rules and against the networks of the VPC; nothing is made. */
export function checkSubnets(world: World, vpcId: string, given: readonly string[]): string[] {
  const taken = blocksOf(world, vpcId);
  return given.map((text) => {
    const subnet = parseCidr(text);
    if (!subnet) throw invalidArgument("subnets", "format", "value must be a valid CIDR block");
    if (!isAllowed(text, subnet))
      throw invalidArgument(
        "subnets",
        "constraint",
        "must be a private IPv4 block between /20 and /29, or a /64 in fd00::/8",
      );
    if (taken.some((other) => overlap(other, subnet)))
      throw invalidArgument("subnets", "unknown", "subnet_overlaps_in_vpc: {}");
    taken.push(subnet);
    return writeCidr(subnet);
  });
}

/** The subnets of a new network: what is given, and one of each family that is not. IPv4 comes first. */
export function planSubnets(
  world: World,
  network: { vpcId: string; projectId: string },
  given: readonly string[],
): string[] {
  const checked = checkSubnets(world, network.vpcId, given);
  const taken = [...blocksOf(world, network.vpcId), ...checked.map(block)];
  const [v4, v6] = [false, true].map((isIpv6) => checked.filter((text) => block(text).isIpv6 === isIpv6));
  return [
    ...(v4?.length ? v4 : [autoIpv4(world, taken)]),
    ...(v6?.length ? v6 : [autoIpv6(world, network.projectId, taken)]),
  ];
}

export function newSubnet(world: World, cidr: string, at: number): Subnet {
  return { id: world.random.uuid(), cidr, createdAt: at };
}

function isAllowed(text: string, subnet: Cidr): boolean {
  const hasHostBits = parseIp(text.split("/")[0] ?? "")?.value !== subnet.first;
  const fits = subnet.isIpv6 ? subnet.length === 64 : subnet.length >= 20 && subnet.length <= 29;
  return fits && !hasHostBits && PRIVATE.some((range) => encloses(range, subnet));
}

function blocksOf(world: World, vpcId: string): Cidr[] {
  return privateNetworks(world)
    .by(byVpc, vpcId)
    .flatMap(({ subnets }) => subnets.map(({ cidr }) => block(cidr)));
}

/** A /22 anywhere in 172.16.0.0/12, or the next one that is free. */
function autoIpv4(world: World, taken: readonly Cidr[]): string {
  const size = 1n << BigInt(32 - AUTO_LENGTH);
  const count = Number(AUTO.size / size);
  const start = world.random.int(count);
  for (let i = 0; i < count; i++) {
    const first = AUTO.first + BigInt((start + i) % count) * size;
    const subnet = { isIpv6: false, first, size, length: AUTO_LENGTH };
    if (!taken.some((other) => overlap(other, subnet))) return writeCidr(subnet);
  }
  throw invalidArgument("subnets", "constraint", "no block is left in the VPC");
}

/** A /64 in the /48 that all networks of a project share. */
function autoIpv6(world: World, projectId: string, taken: readonly Cidr[]): string {
  const digits = `fd${projectId.replaceAll("-", "").slice(0, 10)}${world.random.hex(4)}${"0".repeat(16)}`;
  const subnet = block(`${writeIp({ isIpv6: true, value: BigInt(`0x${digits}`) })}/64`);
  const isTaken = taken.some((other) => overlap(other, subnet));
  return isTaken ? autoIpv6(world, projectId, taken) : writeCidr(subnet);
}
