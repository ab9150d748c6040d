import { notFound } from "../../http/refusal.ts";
import { json, noContent } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import type { RuleRow } from "./rows.ts";
import { groupOf } from "./security-group-routes.ts";
import { MAIL_RULES, replaceRules, ruleOf, viewRule, viewRules } from "./security-rule-routes.ts";

const GROUPS = "/instance/v1/zones/{zone}/security_groups";
const RULE = `${GROUPS}/{id}/rules/{rule}`;

/** The rules of a group one by one. */
export function securityRuleOneRoutes(): Route[] {
  return [
    {
      operation: "listDefaultSecurityGroupRules",
      method: "GET",
      path: `${GROUPS}/default/rules`,
      handle: (call) =>
        json(200, {
          rules: MAIL_RULES.map((rule, i) => ({ ...viewRule(rule, i + 1, false), zone: call.params.zone })),
        }),
    },
    { operation: "getSecurityGroupRule", method: "GET", path: RULE, handle: (call) => answer(call) },
    { operation: "setSecurityGroupRule", method: "PUT", path: RULE, handle: (call) => change(call, {}) },
    {
      operation: "updateSecurityGroupRule",
      method: "PATCH",
      path: RULE,
      handle: (call) => change(call, viewRule(ownRule(call), 0, true)),
    },
    { operation: "deleteSecurityGroupRule", method: "DELETE", path: RULE, handle: deleteRule },
  ];
}

/** Not those for mail: nobody can change them. */
function ownRule(call: Call): RuleRow {
  const id = call.params.rule ?? "";
  const rule = groupOf(call).rules.find((one) => one.id === id);
  if (!rule) throw notFound("instance_security_group_rule", id);
  return rule;
}

function answer(call: Call): Answer {
  const id = call.params.rule ?? "";
  const rule = viewRules(groupOf(call)).find((one) => one.id === id);
  if (!rule) throw notFound("instance_security_group_rule", id);
  return json(200, { rule });
}

/** @param before what holds where the request says nothing */
function change(call: Call, before: Record<string, unknown>): Answer {
  const rule = ownRule(call);
  const next = { ...rule, ...ruleOf(call, { ...before, ...call.body() }), id: rule.id };
  const group = groupOf(call);
  replaceRules(
    call,
    group,
    group.rules.map((one) => (one.id === rule.id ? next : one)),
  );
  return answer(call);
}

function deleteRule(call: Call): Answer {
  const { id } = ownRule(call);
  const group = groupOf(call);
  replaceRules(
    call,
    group,
    group.rules.filter((rule) => rule.id !== id),
  );
  return noContent();
}
