import type { Instancev1 } from "@mayfly/scaleway";
import type { Clients } from "./clients.ts";

const PAGE_SIZE = 100;

/** Every rule of a group. The answer says neither how many there are nor whether it was cut, so the next page is asked for. */
export async function listRules(
  { read }: Clients,
  group: { securityGroupId: string; zone: string },
): Promise<Instancev1.SecurityGroupRule[]> {
  const found = new Map<string, Instancev1.SecurityGroupRule>();
  for (let page = 1; ; page += 1) {
    const { rules } = await read.instance.listSecurityGroupRules({ ...group, page, perPage: PAGE_SIZE });
    const before = found.size;
    for (const rule of rules) found.set(rule.id, rule);
    // A cloud that has no pages shows the same again.
    if (rules.length < PAGE_SIZE || found.size === before) return [...found.values()];
  }
}
