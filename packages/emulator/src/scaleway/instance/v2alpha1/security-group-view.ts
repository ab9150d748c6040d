import { zuluDate } from "../../dates.ts";
import type { RuleRow, SecurityGroupRow } from "../rows.ts";
import { fixedRules } from "../security-rule-routes.ts";

/** A security group alone, with its rules. */
export function viewGroup(row: SecurityGroupRow): Record<string, unknown> {
  return {
    ...viewGroupSummary(row),
    zone: row.zone,
    default_rules: fixedRules(row).map(viewRule),
    rules: row.rules.map(viewRule),
  };
}

/** A security group in a list. */
export function viewGroupSummary(row: SecurityGroupRow): Record<string, unknown> {
  return {
    id: row.id,
    name: row.name,
    description: row.description ?? "",
    project_id: row.projectId,
    tags: row.tags,
    disable_default_rules: !row.defaultSecurity,
    project_default: row.isDefault,
    inbound_default_action: row.inbound,
    outbound_default_action: row.outbound,
    stateless: !row.stateful,
    created_at: zuluDate(row.createdAt),
    updated_at: zuluDate(row.modifiedAt),
  };
}

/** v1's one range is the far end: the source of what comes in, the destination of what goes out. */
export function viewRule(rule: RuleRow, i: number): Record<string, unknown> {
  const range = withMask(rule.ipRange);
  const near = rule.near?.ipRange ?? (range.includes(":") ? "::/0" : "0.0.0.0/0");
  const ports = rule.portFrom === null ? null : { start: rule.portFrom, end: rule.portTo ?? rule.portFrom };
  const isOutbound = rule.direction === "outbound";
  return {
    id: rule.id,
    protocol: rule.protocol.toLowerCase(),
    direction: rule.direction,
    action: rule.action,
    source_ip_range: isOutbound ? near : range,
    destination_ip_range: isOutbound ? range : near,
    ...(rule.near?.ports ? { source_ports: rule.near.ports } : {}),
    ...(ports ? { destination_ports: ports } : {}),
    position: i + 1,
  };
}

function withMask(range: string): string {
  if (range.includes("/")) return range;
  return `${range}/${range.includes(":") ? 128 : 32}`;
}
