import { parseIp, writeIp } from "./ip-address.ts";
import type { IpAddress } from "./ip-address.ts";

/** A block of addresses. */
export interface Cidr {
  readonly isIpv6: boolean;
  readonly first: bigint;
  readonly size: bigint;
  readonly length: number;
}

/** `undefined`: not a block. Bits after the prefix are ignored. */
export function parseCidr(text: string): Cidr | undefined {
  const [address = "", suffix = "", ...more] = text.split("/");
  const ip = parseIp(address);
  if (!ip || more.length > 0 || !/^\d{1,3}$/.test(suffix)) return undefined;
  const [length, bits] = [Number(suffix), ip.isIpv6 ? 128 : 32];
  if (length > bits) return undefined;
  const size = 1n << BigInt(bits - length);
  return { isIpv6: ip.isIpv6, first: ip.value - (ip.value % size), size, length };
}

export function writeCidr(block: Cidr): string {
  return `${writeIp({ isIpv6: block.isIpv6, value: block.first })}/${block.length}`;
}

export function contains(block: Cidr, ip: IpAddress): boolean {
  return block.isIpv6 === ip.isIpv6 && ip.value >= block.first && ip.value < block.first + block.size;
}

/** All of the inner block lies in the outer one. */
export function encloses(outer: Cidr, inner: Cidr): boolean {
  return inner.size <= outer.size && contains(outer, { isIpv6: inner.isIpv6, value: inner.first });
}

export function overlap(a: Cidr, b: Cidr): boolean {
  return encloses(a, b) || encloses(b, a);
}
