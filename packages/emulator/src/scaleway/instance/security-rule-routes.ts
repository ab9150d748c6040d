import { isDeepStrictEqual } from "node:util";
import { integer, one, records, text } from "../../http/body.ts";
import type { Body } from "../../http/body.ts";
import { invalidArgument } from "../../http/refusal.ts";
import { json } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import { parseCidr } from "../cidr.ts";
import { parseIp } from "../ip-address.ts";
import { securityGroups } from "./rows.ts";
import type { RuleRow, SecurityGroupRow } from "./rows.ts";
import { groupOf } from "./security-group-routes.ts";
import { withoutMask } from "./without-mask.ts";

const RULES = "/instance/v1/zones/{zone}/security_groups/{id}/rules";

/** The list has neither X-Total-Count nor Link. */
export function securityRuleRoutes(): Route[] {
  return [
    {
      operation: "listSecurityGroupRules",
      method: "GET",
      path: RULES,
      handle: (call) => json(200, { rules: viewRules(groupOf(call)) }),
    },
    { operation: "setSecurityGroupRules", method: "PUT", path: RULES, handle: setRules },
    { operation: "createSecurityGroupRule", method: "POST", path: RULES, handle: addRule },
  ];
}

/** Replaces all rules but the unchangeable ones. */
function setRules(call: Call): Answer {
  const group = groupOf(call);
  const rules = records(call.body(), "rules");
  if (!rules) throw invalidArgument("rules", "required");
  const editable = rules.filter((rule) => rule.editable !== false);
  const row = replaceRules(
    call,
    group,
    editable.map((rule) => ruleOf(call, rule)),
  );
  return json(200, { rules: viewRules(row) });
}

function addRule(call: Call): Answer {
  const group = groupOf(call);
  const rule = ruleOf(call, call.body());
  const row = replaceRules(call, group, [...group.rules, rule]);
  return json(201, { rule: viewRules(row).find((one) => one.id === rule.id) });
}

/** Rules that say the same as before change nothing. */
export function replaceRules(call: Call, row: SecurityGroupRow, rules: RuleRow[]): SecurityGroupRow {
  const said = (all: readonly RuleRow[]): unknown => all.map((rule) => ({ ...rule, id: "" }));
  if (isDeepStrictEqual(said(rules), said(row.rules))) return row;
  return securityGroups(call.world).put({ ...row, rules, modifiedAt: call.now }, call.now);
}

export function ruleOf(call: Call, body: Body): RuleRow {
  return {
    id: text(body, "id") ?? call.world.random.uuid(),
    protocol: one(body, "protocol", ["TCP", "UDP", "ICMP", "ANY"]) ?? "TCP",
    direction: one(body, "direction", ["inbound", "outbound"]) ?? "inbound",
    action: one(body, "action", ["accept", "drop"]) ?? "accept",
    ipRange: ipRangeOf(body),
    ...portsOf(body),
  };
}

/** A block or an address. */
function ipRangeOf(body: Body): string {
  const range = text(body, "ip_range") ?? "0.0.0.0/0";
  if (!parseCidr(range) && !parseIp(range))
    throw invalidArgument("ip_range", "constraint", "not a valid value");
  return withoutMask(range);
}

function portsOf(body: Body): Pick<RuleRow, "portFrom" | "portTo"> {
  const [portFrom, portTo] = ["dest_port_from", "dest_port_to"].map((name) => {
    const port = integer(body, name) ?? null;
    if (port !== null && (port < 0 || port > 65_535))
      throw invalidArgument(name, "constraint", "must be between 0 and 65535");
    return port;
  }) as [number | null, number | null];
  if (portTo !== null && portTo < (portFrom ?? portTo + 1))
    throw invalidArgument("dest_port_to", "constraint", "must not be less than dest_port_from");
  return { portFrom, portTo };
}

/** First the mail ports that nobody may open, then our own; each part counts from 1. */
export function viewRules(group: SecurityGroupRow): Record<string, unknown>[] {
  const view = (rules: readonly RuleRow[], editable: boolean): Record<string, unknown>[] =>
    rules.map((rule, i) => ({ ...viewRule(rule, i + 1, editable), zone: group.zone }));
  return [...view(fixedRules(group), false), ...view(group.rules, true)];
}

/** The rules that nobody may change. */
export function fixedRules(group: SecurityGroupRow): readonly RuleRow[] {
  return group.defaultSecurity ? MAIL_RULES : [];
}

/** What nobody may open where the default security holds. */
export const MAIL_RULES: readonly RuleRow[] = ["0.0.0.0/0", "::/0"].flatMap((ipRange, i) =>
  [25, 465, 587].map((portFrom, j) => ({
    id: `11111111-2222-4333-8444-00000000000${i * 3 + j + 1}`,
    protocol: "TCP",
    direction: "outbound",
    action: "drop",
    ipRange,
    portFrom,
    portTo: null,
  })),
);

export function viewRule(rule: RuleRow, position: number, editable: boolean): Record<string, unknown> {
  return {
    id: rule.id,
    protocol: rule.protocol,
    direction: rule.direction,
    ip_range: rule.ipRange,
    dest_ip_range: null,
    dest_port_from: rule.portFrom,
    dest_port_to: rule.portTo,
    position,
    editable,
    action: rule.action,
  };
}
