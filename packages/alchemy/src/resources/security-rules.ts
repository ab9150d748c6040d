import type { Instancev1 } from "@mayfly/scaleway";
import type { Cloud } from "../cloud.ts";

/** One rule of a security group. */
export interface SecurityRule {
  /** @default "inbound" */
  direction?: "inbound" | "outbound";
  /** @default "accept" */
  action?: "accept" | "drop";
  /** @default "tcp" with ports, else "any" */
  protocol?: "tcp" | "udp" | "icmp" | "any";
  /** A CIDR: whom it is for. @default "0.0.0.0/0" */
  ipRange?: string;
  /** One port. @default all */
  port?: number;
  /** From and to, both included. @default all */
  ports?: [number, number];
}

type WireRule = Instancev1.SetSecurityGroupRulesRequestRule;

/** As the cloud takes them, and in its words: a rule that it changed when it took it compares as the same. */
export function toWire(rules: readonly SecurityRule[]): WireRule[] {
  const next = { inbound: 1, outbound: 1 };
  const inOrder = [...rules.filter(isInbound), ...rules.filter((rule) => !isInbound(rule))];
  return inOrder.map((rule) => {
    const { action = "accept", ipRange = "0.0.0.0/0", direction = "inbound" } = rule;
    const [from, to] = portsOf(rule);
    return {
      direction,
      action,
      protocol: protocolOf(rule).toUpperCase() as WireRule["protocol"],
      ipRange: ipRange.replace(/^([\d.]+)\/32$/, "$1").replace(/^([\da-f:]+)\/128$/i, "$1"),
      destPortFrom: from,
      destPortTo: to === from ? undefined : to,
      position: next[direction]++,
    };
  });
}

/** In the words of the props. */
export function toRule(rule: Instancev1.SecurityGroupRule): SecurityRule {
  const { direction, action, protocol, ipRange, destPortFrom: from, destPortTo: to } = rule;
  const ports: Pick<SecurityRule, "port" | "ports"> =
    typeof from !== "number"
      ? {}
      : typeof to !== "number" || to === from
        ? { port: from }
        : { ports: [from, to] };
  return {
    direction: direction === "outbound" ? "outbound" : "inbound",
    action: action === "drop" ? "drop" : "accept",
    protocol: protocol.toLowerCase() as NonNullable<SecurityRule["protocol"]>,
    ipRange,
    ...ports,
  };
}

export function ruleProblems(rule: SecurityRule): string[] {
  const said = JSON.stringify(rule);
  const [from, to] = portsOf(rule);
  const isPort = (port: number) => Number.isInteger(port) && port >= 1 && port <= 65_535;
  const problems: string[] = [];
  if (rule.port !== undefined && rule.ports !== undefined)
    problems.push(`rule ${said} has both port and ports; leave one out`);
  if (from !== undefined && !["tcp", "udp"].includes(protocolOf(rule)))
    problems.push(`rule ${said}: ${protocolOf(rule)} has no ports; leave them out, or choose tcp or udp`);
  if (from !== undefined && !(isPort(from) && isPort(to!) && from <= to!))
    problems.push(`rule ${said}: its ports are not from 1 to 65535, the lower one first`);
  return problems;
}

const PAGE_SIZE = 100;

/** Those that can be changed. The answer says neither how many there are nor whether it was cut, so the next page is asked for. */
export async function listRules(
  { instance }: Cloud,
  group: { securityGroupId: string; zone: string },
): Promise<Instancev1.SecurityGroupRule[]> {
  const found = new Map<string, Instancev1.SecurityGroupRule>();
  for (let page = 1; ; page += 1) {
    const { rules } = await instance.listSecurityGroupRules({ ...group, page, perPage: PAGE_SIZE });
    const before = found.size;
    for (const rule of rules) found.set(rule.id, rule);
    if (rules.length < PAGE_SIZE || found.size === before) break;
  }
  return [...found.values()].filter(({ editable }) => editable).sort((a, b) => a.position - b.position);
}

const isInbound = ({ direction = "inbound" }: SecurityRule): boolean => direction === "inbound";

function portsOf({ port, ports }: SecurityRule): [number, number] | [undefined, undefined] {
  if (ports !== undefined) return ports;
  return port === undefined ? [undefined, undefined] : [port, port];
}

function protocolOf(rule: SecurityRule): NonNullable<SecurityRule["protocol"]> {
  return rule.protocol ?? (portsOf(rule)[0] === undefined ? "any" : "tcp");
}
