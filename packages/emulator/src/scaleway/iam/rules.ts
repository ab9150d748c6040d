import { text, texts } from "../../http/body.ts";
import type { Body } from "../../http/body.ts";
import { invalidArgument } from "../../http/refusal.ts";
import type { Call } from "../../http/route.ts";
import type { IamRule } from "./rows.ts";

/** `rules` of a body; undefined when there are none. */
export function rulesOf(call: Call, body: Body): IamRule[] | undefined {
  const given = body.rules ?? undefined;
  if (given === undefined) return undefined;
  if (!Array.isArray(given) || given.some((rule) => typeof rule !== "object" || rule === null))
    throw invalidArgument("rules", "format", "must be a list of objects");
  return (given as Body[]).map((rule) => ruleOf(call, rule));
}

/** A rule holds in some projects or in the whole organization. */
function ruleOf(call: Call, rule: Body): IamRule {
  const projectIds = texts(rule, "project_ids") ?? null;
  const organizationId = text(rule, "organization_id");
  const permissionSetNames = texts(rule, "permission_set_names");
  if (!permissionSetNames?.length) throw invalidArgument("permission_set_names", "required");
  if ((projectIds === null) === (organizationId === undefined))
    throw invalidArgument("scope", "constraint", "either project_ids or organization_id must be set");
  return {
    id: call.world.random.uuid(),
    permissionSetNames,
    condition: text(rule, "condition") ?? "",
    projectIds,
    organizationId: organizationId ?? call.world.projectId,
  };
}

export function viewRule(rule: IamRule): Record<string, unknown> {
  return {
    id: rule.id,
    permission_set_names: rule.permissionSetNames,
    permission_sets_scope_type: rule.projectIds ? "projects" : "organization",
    condition: rule.condition,
    ...(rule.projectIds ? { project_ids: rule.projectIds } : { organization_id: rule.organizationId }),
  };
}
