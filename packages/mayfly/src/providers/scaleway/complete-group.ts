import { ScalewayCallError } from "@mayfly/scaleway";
import type { Firewall, FirewallRule } from "../resources/firewalls.ts";
import type { Clients } from "./clients.ts";
import { fromCloud, toCloud } from "./firewall-rules.ts";
import type { FoundGroup } from "./group.ts";
import { orAbsent } from "./or-absent.ts";

/** A group with this tag has been made, and its rules have not been set: who finds it so completes it. */
export const UNFINISHED = "mayfly:unfinished";

/** Replaces all rules in one call. The group counts as finished only after it, so that a repeat does what is missing. */
export async function setRules(
  { create }: Clients,
  { thing, tags }: FoundGroup,
  rules: readonly FirewallRule[],
): Promise<Firewall> {
  const group = { securityGroupId: thing.id, zone: thing.place };
  const answer = await create.instance.setSecurityGroupRules({ ...group, rules: toCloud(rules) });
  if (tags.includes(UNFINISHED))
    await create.instance.updateSecurityGroup({ ...group, tags: tags.filter((tag) => tag !== UNFINISHED) });
  return { ...thing, ...fromCloud(answer.rules) };
}

/** What the cloud will never accept leaves no group without rules behind. */
export async function completeGroup(
  clients: Clients,
  found: FoundGroup,
  rules: readonly FirewallRule[],
): Promise<Firewall> {
  try {
    return await setRules(clients, found, rules);
  } catch (error) {
    const { id: securityGroupId, place: zone } = found.thing;
    if (error instanceof ScalewayCallError && error.kind === "invalid_input")
      await orAbsent(() => clients.delete.instance.deleteSecurityGroup({ securityGroupId, zone }));
    throw error;
  }
}
