import type { IpPermission } from "@aws-sdk/client-ec2";
import { canonicalRange } from "../canonical-range.ts";
import type { FirewallRule } from "../resources/firewalls.ts";
import { Refused } from "../refused.ts";

const ssh = (range: string): FirewallRule => ({
  direction: "inbound",
  action: "accept",
  protocol: "tcp",
  range,
  ports: [22, 22],
});

export const defaultRules: FirewallRule[] = [ssh("0.0.0.0/0"), ssh("::/0")];

/** In the cloud's own spelling. Throws `Refused` for what a security group cannot say. */
export function checkedRules(rules: readonly FirewallRule[]): FirewallRule[] {
  return rules.map((rule) => {
    if (rule.action === "drop")
      throw new Refused(
        "a firewall on aws has no rule that drops",
        "leave it out: what no rule accepts is dropped",
      );
    if (rule.direction === "outbound")
      throw new Refused("a firewall on aws accepts what goes out", "leave rules for outbound out");
    if (rule.ports !== undefined && rule.protocol !== "tcp" && rule.protocol !== "udp")
      throw new Refused(`${rule.protocol} has no ports`, "leave them out, or choose tcp or udp");
    const range = canonicalRange(rule.range);
    if (range === undefined)
      throw new Refused(
        `${JSON.stringify(rule.range)} is not a CIDR`,
        "write it like 10.0.0.0/24 or fd00::/64",
      );
    return { ...rule, range };
  });
}

export const areSameRules = (a: readonly FirewallRule[], b: readonly FirewallRule[]): boolean => {
  const [one, other] = [a, b].map((rules) => rules.map(keyOf).sort());
  return one!.length === other!.length && one!.every((key, at) => key === other![at]);
};

const keyOf = ({ direction, action, protocol, range, ports }: FirewallRule): string =>
  [direction, action, protocol, range, ...(ports ?? [])].join(" ");

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html */
export function toCloud({ protocol, range, ports }: FirewallRule): IpPermission {
  const isV6 = range.includes(":");
  const where = isV6 ? { Ipv6Ranges: [{ CidrIpv6: range }] } : { IpRanges: [{ CidrIp: range }] };
  switch (protocol) {
    case "any":
      return { IpProtocol: "-1", ...where };
    case "icmp":
      return { IpProtocol: isV6 ? "icmpv6" : "icmp", FromPort: -1, ToPort: -1, ...where };
    case "tcp":
    case "udp":
      return { IpProtocol: protocol, FromPort: ports?.[0] ?? 0, ToPort: ports?.[1] ?? LAST_PORT, ...where };
    default:
      return protocol satisfies never;
  }
}

/** What stands for something that rules here don't say (another group, a protocol by its number) is left out. */
export function fromCloud(permission: IpPermission): FirewallRule[] {
  const { IpProtocol = "", FromPort, ToPort, IpRanges = [], Ipv6Ranges = [] } = permission;
  const protocol = PROTOCOLS.get(IpProtocol);
  if (protocol === undefined) return [];
  const isWhole = FromPort === undefined || ToPort === undefined || (FromPort === 0 && ToPort === LAST_PORT);
  const hasPorts = (protocol === "tcp" || protocol === "udp") && !isWhole;
  const ranges = [...IpRanges.map(({ CidrIp }) => CidrIp), ...Ipv6Ranges.map(({ CidrIpv6 }) => CidrIpv6)];
  return ranges.map((range) => ({
    direction: "inbound",
    action: "accept",
    protocol,
    range: canonicalRange(range ?? "") ?? "",
    ...(hasPorts && { ports: [FromPort, ToPort] as [number, number] }),
  }));
}

const LAST_PORT = 65_535;
const PROTOCOLS: ReadonlyMap<string, FirewallRule["protocol"]> = new Map([
  ["-1", "any"],
  ["tcp", "tcp"],
  ["udp", "udp"],
  ["icmp", "icmp"],
  ["icmpv6", "icmp"],
]);
