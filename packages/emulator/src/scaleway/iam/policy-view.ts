import { zuluDate } from "../dates.ts";
import type { PolicyRow } from "./rows.ts";

export function viewPolicy(row: PolicyRow): Record<string, unknown> {
  const scopes = row.rules.flatMap((rule) => rule.projectIds ?? [rule.organizationId]);
  const sets = row.rules.flatMap((rule) => rule.permissionSetNames);
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    organization_id: row.organizationId,
    created_at: zuluDate(row.createdAt),
    updated_at: zuluDate(row.modifiedAt),
    editable: true,
    deletable: true,
    managed: false,
    nb_rules: row.rules.length,
    nb_scopes: new Set(scopes).size,
    nb_permission_sets: new Set(sets).size,
    tags: row.tags,
    ...(row.principal ? { [`${row.principal.type}_id`]: row.principal.id } : { no_principal: true }),
  };
}
