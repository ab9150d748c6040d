import { integer, records } from "../../../http/body.ts";
import type { Body } from "../../../http/body.ts";
import { invalidArgument, notFound } from "../../../http/refusal.ts";
import { json, noContent } from "../../../http/route.ts";
import type { Answer, Call, Route } from "../../../http/route.ts";
import { pathUuid, requiredUuid, uuids } from "../../../http/uuids.ts";
import type { Index } from "../../../table.ts";
import { placeOf } from "../../listed.ts";
import { securityGroups } from "../rows.ts";
import type { RuleRow, SecurityGroupRow } from "../rows.ts";
import { securityGroupNamed } from "../security-groups.ts";
import { viewGroup, viewRule } from "./security-group-view.ts";
import { ruleOrder } from "./security-rule-order.ts";

const RULES = "/instance/v2alpha1/zones/{zone}/security-group-rules";

/** Rules by their own ids; the groups that they belong to are found by them. */
export function securityRuleRoutes(): Route[] {
  return [
    { operation: "addSecurityGroupRules", method: "POST", path: RULES, handle: addRules },
    { operation: "setSecurityGroupRules", method: "PUT", path: RULES, handle: setRules },
    { operation: "updateSecurityGroupRule", method: "PATCH", path: `${RULES}/{id}`, handle: updateRule },
    { operation: "deleteSecurityGroupRules", method: "DELETE", path: RULES, handle: deleteRules },
  ];
}

function addRules(call: Call): Answer {
  const group = groupOf(call);
  const added = ordersOf(call).map((body) => ({ body, rule: ruleOrder(body, call.world.random.uuid()) }));
  const rules = added.reduce<readonly RuleRow[]>(
    (all, { body, rule }) => placed(all, rule, body),
    group.rules,
  );
  const row = put(call, group, rules);
  const ids = new Set(added.map(({ rule }) => rule.id));
  const added_rules = row.rules.map(viewRule).filter(({ id }) => ids.has(id as string));
  return json(200, { security_group: viewGroup(row), added_rules });
}

/** Replaces all rules but the unchangeable ones. */
function setRules(call: Call): Answer {
  const group = groupOf(call);
  const rules = ordersOf(call).map((body) => ruleOrder(body, call.world.random.uuid()));
  return json(200, viewGroup(put(call, group, rules)));
}

function updateRule(call: Call): Answer {
  const id = pathUuid(call, "security_group_rule_id");
  const group = groupWith(call, id);
  const body = call.body();
  const before = group.rules.find((rule) => rule.id === id);
  const rule = ruleOrder(body, id, before);
  const moved = integer(body, "position");
  const rules = moved
    ? placed(without(group, [id]), rule, body)
    : group.rules.map((one) => (one.id === id ? rule : one));
  return json(200, viewGroup(put(call, group, rules)));
}

function deleteRules(call: Call): Answer {
  const ids = uuids(call.body(), "security_group_rule_ids");
  if (!ids || ids.length === 0) throw invalidArgument("security_group_rule_ids", "required");
  const groups = new Set(ids.map((id) => groupWith(call, id)));
  for (const group of groups) put(call, group, without(group, ids));
  return noContent();
}

function groupOf(call: Call): SecurityGroupRow {
  return securityGroupNamed(call.world, placeOf(call), requiredUuid(call.body(), "security_group_id"));
}

const byRule: Index<SecurityGroupRow> = (row) => row.rules.map(({ id }) => id);

function groupWith(call: Call, id: string): SecurityGroupRow {
  const [row] = securityGroups(call.world).by(byRule, id);
  if (!row || row.zone !== call.params.zone) throw notFound("instance_security_group_rule", id);
  return row;
}

function ordersOf(call: Call): Body[] {
  const orders = records(call.body(), "security_group_rules");
  if (!orders) throw invalidArgument("security_group_rules", "required");
  return orders;
}

function put(call: Call, group: SecurityGroupRow, rules: readonly RuleRow[]): SecurityGroupRow {
  return securityGroups(call.world).put({ ...group, rules, modifiedAt: call.now }, call.now);
}

function without(group: SecurityGroupRow, ids: readonly string[]): RuleRow[] {
  return group.rules.filter((rule) => !ids.includes(rule.id));
}

/** Positions count from 1; without one the rule comes last. */
function placed(rules: readonly RuleRow[], rule: RuleRow, body: Body): RuleRow[] {
  const position = integer(body, "position") || rules.length + 1;
  if (position < 0) throw invalidArgument("position", "constraint", "must not be negative");
  return rules.toSpliced(position - 1, 0, rule);
}
