import { isDeepStrictEqual } from "node:util";
import type { Instancev1 } from "@mayfly/scaleway";
import type { Firewall, FirewallRule } from "../resources/firewalls.ts";
import { canonicalRange } from "../canonical-range.ts";
import { checkedRange } from "./checked-range.ts";
import { Refused } from "../refused.ts";

/** SSH from everywhere. */
export const defaultRules: readonly FirewallRule[] = ["0.0.0.0/0", "::/0"].map((range) => ({
  direction: "inbound",
  action: "accept",
  protocol: "tcp",
  range,
  ports: [22, 22],
}));

/** In the order in which the cloud goes through them, which it does for each direction apart; throws `Refused`. */
export function checkedRules(rules: readonly FirewallRule[]): FirewallRule[] {
  const checked = rules.map((rule) => {
    const { direction, action, protocol, range } = rule;
    return { direction, action, protocol, range: checkedRange(range), ...portsOf(rule) };
  });
  return inOrder(checked);
}

function portsOf({ ports, protocol }: FirewallRule): Pick<FirewallRule, "ports"> {
  if (ports === undefined) return {};
  const [from, to] = ports;
  if (protocol !== "tcp" && protocol !== "udp")
    throw new Refused(`${protocol} has no ports`, "leave them out, or choose tcp or udp");
  const isPort = (port: number) => Number.isInteger(port) && port >= 1 && port <= 65_535;
  if (!isPort(from) || !isPort(to) || from > to)
    throw new Refused(`${from} to ${to} are no ports`, "first the lower one, both from 1 to 65535");
  return { ports: [from, to] };
}

/** Both checked. */
export const areSameRules = (some: readonly FirewallRule[], others: readonly FirewallRule[]): boolean =>
  isDeepStrictEqual(some, others);

/** Those that can be changed, and those that cannot, each in the order in which the cloud goes through them. */
export function fromCloud(
  rules: readonly Instancev1.SecurityGroupRule[],
): Pick<Firewall, "rules" | "fixedRules"> {
  const [own, fixed] = [rules.filter(({ editable }) => editable), rules.filter(({ editable }) => !editable)];
  return { rules: toRules(own), fixedRules: toRules(fixed) };
}

function toRules(rules: readonly Instancev1.SecurityGroupRule[]): FirewallRule[] {
  const own = rules.toSorted((a, b) => a.position - b.position);
  const shown = own.map(({ direction, action, protocol, ipRange, destPortFrom: from, destPortTo: to }) => ({
    direction: direction === "outbound" ? ("outbound" as const) : ("inbound" as const),
    action: action === "drop" ? ("drop" as const) : ("accept" as const),
    protocol: protocolOf(protocol),
    range: canonicalRange(ipRange) ?? ipRange,
    // Of one port the cloud shows the first alone.
    ...(typeof from === "number" ? { ports: [from, to ?? from] as [number, number] } : {}),
  }));
  return inOrder(shown);
}

/** @param rules checked */
export function toCloud(rules: readonly FirewallRule[]): Instancev1.SetSecurityGroupRulesRequestRule[] {
  const next = { inbound: 1, outbound: 1 };
  return rules.map(({ direction, action, protocol, range, ports }) => ({
    direction,
    action,
    protocol: protocol.toUpperCase() as Instancev1.SecurityGroupRuleProtocol,
    ipRange: range,
    destPortFrom: ports?.[0],
    destPortTo: ports?.[1] === ports?.[0] ? undefined : ports?.[1],
    position: next[direction]++,
  }));
}

function protocolOf(protocol: Instancev1.SecurityGroupRuleProtocol): FirewallRule["protocol"] {
  switch (protocol) {
    case "TCP":
      return "tcp";
    case "UDP":
      return "udp";
    case "ICMP":
      return "icmp";
    default:
      return "any";
  }
}

const inOrder = (rules: FirewallRule[]): FirewallRule[] => [
  ...rules.filter(({ direction }) => direction === "inbound"),
  ...rules.filter(({ direction }) => direction === "outbound"),
];
