import type { FirewallRuleInput } from "../api/create-resource.ts";
import type { ProblemItem } from "../api/problem.ts";

/** `tcp:22@10.0.0.0/8`; or what is wrong with it. */
export function readRule(text: string): FirewallRuleInput | ProblemItem {
  const [, protocol, first, last = first, where] =
    /^(tcp|udp|icmp|any)(?::(\d{1,5})(?:-(\d{1,5}))?)?(?:@(.+))?$/.exec(text) ?? [];
  const problem = (why: string): ProblemItem => ({
    path: "--allow",
    message: `"${text}" ${why}`,
    suggestion: "write it like tcp:80, udp:6000-6100 or tcp:22@10.0.0.0/8",
  });
  if (protocol === undefined) return problem("is not a rule");
  const range = where === undefined ? undefined : rangeOf(where);
  if (range === null) return problem("ends with no range of addresses");
  const rule = { protocol: protocol as FirewallRuleInput["protocol"], range };
  if (first === undefined) return rule;
  const ports: [number, number] = [Number(first), Number(last)];
  if (protocol === "icmp" || protocol === "any") return problem(`names ports, and ${protocol} has none`);
  if (ports.some((port) => port < 1 || port > 65_535)) return problem("names a port that is none");
  return ports[0] <= ports[1] ? { ...rule, ports } : problem("begins above where it ends");
}

/** A CIDR; an address alone is the range of itself. */
function rangeOf(text: string): string | null {
  const { isIP } = process.getBuiltinModule("node:net");
  const [address = "", length, ...more] = text.split("/");
  const longest = { 4: 32, 6: 128 }[isIP(address)];
  if (longest === undefined || more.length > 0) return null;
  if (length === undefined) return `${address}/${longest}`;
  return /^\d{1,3}$/.test(length) && Number(length) <= longest ? text : null;
}
