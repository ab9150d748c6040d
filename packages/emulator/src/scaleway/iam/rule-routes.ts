import { required } from "../../http/body.ts";
import { bodyPage } from "../../http/page.ts";
import { invalidArgument } from "../../http/refusal.ts";
import { json } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import { policyAt } from "./policy-routes.ts";
import { policies } from "./rows.ts";
import { rulesOf, viewRule } from "./rules.ts";

const RULES = "/iam/v1alpha1/rules";

/** The rules of a policy: they are always replaced as a whole. */
export function ruleRoutes(): Route[] {
  return [
    { operation: "listRules", method: "GET", path: RULES, handle: listRules },
    { operation: "setRules", method: "PUT", path: RULES, handle: setRules },
  ];
}

function listRules(call: Call): Answer {
  const id = call.query.get("policy_id");
  if (!id) throw invalidArgument("policy_id", "required");
  return bodyPage(call, { key: "rules", rows: policyAt(call, id).rules, view: viewRule });
}

function setRules(call: Call): Answer {
  const body = call.body();
  const row = policyAt(call, required(body, "policy_id"));
  const rules = rulesOf(call, body);
  if (!rules) throw invalidArgument("rules", "required");
  policies(call.world).put({ ...row, rules, modifiedAt: call.now }, call.now);
  return json(200, { rules: rules.map(viewRule) });
}
