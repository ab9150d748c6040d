import { integer, one, text } from "../../http/body.ts";
import type { Body } from "../../http/body.ts";
import { invalidArgument, notFound } from "../../http/refusal.ts";
import { json, noContent } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import { securityGroups } from "./rows.ts";
import type { RuleRow, SecurityGroupRow } from "./rows.ts";
import { groupOf } from "./security-group-routes.ts";

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
    { operation: "deleteSecurityGroupRule", method: "DELETE", path: `${RULES}/{rule}`, handle: deleteRule },
  ];
}

/** Replaces all rules but the unchangeable ones. */
function setRules(call: Call): Answer {
  const { rules } = call.body();
  if (!Array.isArray(rules)) throw invalidArgument("rules", "required");
  const editable = (rules as Body[]).filter((rule) => rule.editable !== false);
  const row = replaceRules(
    call,
    editable.map((rule) => ruleOf(call, rule)),
  );
  return json(200, { rules: viewRules(row) });
}

function addRule(call: Call): Answer {
  const rule = ruleOf(call, call.body());
  const row = replaceRules(call, [...groupOf(call).rules, rule]);
  return json(201, { rule: viewRules(row).find((one) => one.id === rule.id) });
}

function deleteRule(call: Call): Answer {
  const { rules } = groupOf(call);
  const id = call.params.rule ?? "";
  if (!rules.some((rule) => rule.id === id)) throw notFound("instance_security_group_rule", id);
  replaceRules(
    call,
    rules.filter((rule) => rule.id !== id),
  );
  return noContent();
}

function replaceRules(call: Call, rules: RuleRow[]): SecurityGroupRow {
  return securityGroups(call.world).put({ ...groupOf(call), rules, modifiedAt: call.now }, call.now);
}

function ruleOf(call: Call, body: Body): RuleRow {
  return {
    id: text(body, "id") ?? call.world.random.uuid(),
    protocol: one(body, "protocol", ["TCP", "UDP", "ICMP", "ANY"]) ?? "TCP",
    direction: one(body, "direction", ["inbound", "outbound"]) ?? "inbound",
    action: one(body, "action", ["accept", "drop"]) ?? "accept",
    ipRange: (text(body, "ip_range") ?? "0.0.0.0/0").replace(/\/32$/, "").replace(/\/128$/, ""),
    portFrom: integer(body, "dest_port_from") ?? null,
    portTo: integer(body, "dest_port_to") ?? null,
  };
}

/** First the mail ports that nobody may open, then our own; each part counts from 1. */
function viewRules(group: SecurityGroupRow): Record<string, unknown>[] {
  const fixed = group.defaultSecurity ? MAIL_RULES : [];
  const view = (rules: readonly RuleRow[], editable: boolean): Record<string, unknown>[] =>
    rules.map((rule, i) => ({ ...viewRule(rule, i + 1, editable), zone: group.zone }));
  return [...view(fixed, false), ...view(group.rules, true)];
}

const MAIL_RULES: readonly RuleRow[] = ["0.0.0.0/0", "::/0"].flatMap((ipRange, i) =>
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

function viewRule(rule: RuleRow, position: number, editable: boolean): Record<string, unknown> {
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
