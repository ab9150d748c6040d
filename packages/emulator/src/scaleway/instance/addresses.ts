import type { World } from "../../world.ts";

const IPV4_NETS = ["51.15", "51.158", "163.172", "212.47"] as const;

/** A public IPv4 that was never given out before (until 262,144 were). */
export function takeIpv4(world: World): string {
  const n = world.store.next("ipv4") * 40_503;
  const net = IPV4_NETS[(n >> 16) % IPV4_NETS.length] ?? IPV4_NETS[0];
  return `${net}.${(n >> 8) & 255}.${n & 255}`;
}

/** A /64, written without its length. */
export function takeIpv6Prefix(world: World): string {
  const n = world.store.next("ipv6");
  return `2001:bc8:${(0x700 + (n >> 16)).toString(16)}:${(n & 0xffff).toString(16)}::`;
}

export function newMac(world: World): string {
  return `de:00:${(world.random.hex(8).match(/../g) ?? []).join(":")}`;
}

/** The address that a machine with this MAC gives itself in the /64. */
export function slaac(prefix: string, mac: string): string {
  return `${prefix.replace(/::$/, "")}:${interfaceId(mac, 0)}`;
}

export function ipv6Gateway(mac: string): string {
  return `fe80::${interfaceId(mac, 1)}`;
}

function interfaceId(mac: string, plus: number): string {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = mac.split(":").map((part) => parseInt(part, 16));
  const groups = [((a ^ 2) << 8) | b, (c << 8) | 0xff, 0xfe00 | d, ((e << 8) | f) + plus];
  return groups.map((group) => (group & 0xffff).toString(16)).join(":");
}
