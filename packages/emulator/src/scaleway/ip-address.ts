import { isIPv4, isIPv6 } from "node:net";

/** An address as a number. */
export interface IpAddress {
  readonly isIpv6: boolean;
  readonly value: bigint;
}

/** `undefined`: not an address. */
export function parseIp(text: string): IpAddress | undefined {
  if (isIPv4(text)) return { isIpv6: false, value: join(text.split(".").map(Number), 8n) };
  if (!isIPv6(text) || /[.%]/.test(text)) return undefined;
  const [head = "", tail] = text.split("::");
  const [left, right] = [groups(head), groups(tail ?? "")];
  const gap = tail === undefined ? 0 : 8 - left.length - right.length;
  return { isIpv6: true, value: join([...left, ...Array.from({ length: gap }, () => 0), ...right], 16n) };
}

/** An IPv6 address in its short form. */
export function writeIp({ isIpv6, value }: IpAddress): string {
  if (!isIpv6) return split(value, 4, 8n).join(".");
  const written = split(value, 8, 16n)
    .map((group) => group.toString(16))
    .join(":");
  const zeros = (written.match(/(?<![^:])0(:0)+(?![^:])/g) ?? []).toSorted((a, b) => b.length - a.length)[0];
  return zeros === undefined ? written : shortened(written, zeros);
}

function shortened(written: string, zeros: string): string {
  const at = written.search(new RegExp(`(?<![^:])${zeros}(?![^:])`));
  const [left, right] = [written.slice(0, at), written.slice(at + zeros.length)];
  return `${left.replace(/:$/, "")}::${right.replace(/^:/, "")}`;
}

function groups(text: string): number[] {
  return text === "" ? [] : text.split(":").map((group) => parseInt(group, 16));
}

function join(parts: readonly number[], bits: bigint): bigint {
  return parts.reduce((value, part) => (value << bits) | BigInt(part), 0n);
}

function split(value: bigint, count: number, bits: bigint): bigint[] {
  const mask = (1n << bits) - 1n;
  return Array.from({ length: count }, (_, i) => (value >> (BigInt(count - 1 - i) * bits)) & mask);
}
