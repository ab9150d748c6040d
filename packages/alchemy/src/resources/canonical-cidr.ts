import { isIPv6 } from "node:net";

/** `fd00::/64` for `FD00:0::/64`: as the cloud writes what it was given. */
export function canonicalCidr(cidr: string): string {
  const [address = "", ...length] = cidr.split("/");
  if (!isIPv6(address)) return cidr;
  return [new URL(`http://[${address}]`).hostname.slice(1, -1), ...length].join("/");
}
