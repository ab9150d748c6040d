import { ProviderError } from "../error.ts";
import type { Firewall, Firewalls, WantedFirewall } from "../resources/firewalls.ts";
import type { Clients } from "./clients.ts";
import { completeGroup, setRules, UNFINISHED } from "./complete-group.ts";
import { expectLasting } from "./expect-lasting.ts";
import { areSameRules, checkedRules, defaultRules } from "./firewall-rules.ts";
import type { FoundGroup } from "./group.ts";
import { getGroup, namedGroup, withRules } from "./group.ts";
import { INSTANCE_ARRIVES_WITHIN_MS } from "./instance-arrives-within-ms.ts";
import type { Kind } from "./kind.ts";
import { lastingTags } from "./lasting-tags.ts";
import { listGroups } from "./list-groups.ts";
import { createNamed } from "./named.ts";
import { orAbsent } from "./or-absent.ts";
import { attempt } from "./provider-error.ts";
import { Refused } from "../refused.ts";
import { removeGroup } from "./remove-group.ts";
import { sharedTags } from "./shared-mark.ts";

/**
 * Security groups: https://www.scaleway.com/en/developers/api/instances. The rules with which the cloud keeps mail in are
 * in every group, can't be changed, and are not shown.
 */
export function createFirewalls(account: Clients): Firewalls {
  return {
    ...createNamed(account, firewalls),
    setRules: (id, zone, rules) =>
      attempt(`set the rules of firewall ${id} on scaleway ${zone}`, async () => {
        const checked = checkedRules(rules);
        return setRules(account, await withRules(account, await getGroup(account, id, zone)), checked);
      }),
  };
}

const firewalls: Kind<Firewall, WantedFirewall, FoundGroup> = {
  noun: "firewall",
  placeOf: (zone) => zone,

  checked: ({ rules, ...wanted }) => ({
    ...wanted,
    rules: rules === undefined ? undefined : checkedRules(rules),
  }),

  async list(clients, zone) {
    const groups = await listGroups(clients.read, zone);
    const found = await Promise.all(groups.map((group) => orAbsent(() => withRules(clients, group))));
    // One that is not there any more has no rules either.
    return found.flatMap((one) => (one === undefined ? [] : [one.thing]));
  },

  named: async (clients, name, zone) => (await listGroups(clients.read, zone, name)).map(namedGroup),
  get: async (clients, id, zone) => withRules(clients, await getGroup(clients, id, zone)),

  async settle(clients, found, { rules }, by) {
    const { thing, isShut } = found;
    const tags = by.onDemand ? found.tags : lastingTags(found.tags, by.owner);
    const onDemand = thing.onDemand && by.onDemand === true;
    if (found.tags.includes(UNFINISHED)) {
      if (thing.owner !== by.owner)
        throw new ProviderError(
          "conflict",
          `${thing.id} has this name and no rules yet, which installation ${thing.owner} sets; delete it if nobody does`,
        );
      by.fence?.();
      const done = await completeGroup(clients, { ...found, tags }, rules ?? defaultRules);
      return { ...done, onDemand };
    }
    expectLasting(thing, by);
    if (rules !== undefined && !(isShut && areSameRules(thing.rules, rules)))
      throw new Refused(
        `${thing.id} is there, and its rules are others`,
        "leave the rules out, set them anew, or choose another name",
      );
    if (onDemand === thing.onDemand) return thing;
    // Now somebody wants it by itself.
    by.fence?.();
    await clients.create.instance.updateSecurityGroup({ securityGroupId: thing.id, zone: thing.place, tags });
    return { ...thing, onDemand };
  },

  order:
    async ({ create }, { name, zone }, by) =>
    async () => {
      const { securityGroup } = await create.instance.createSecurityGroup({
        name,
        zone,
        description: "",
        project: create.projectId,
        tags: [...sharedTags(by), UNFINISHED],
        stateful: true,
        inboundDefaultPolicy: "drop",
        outboundDefaultPolicy: "accept",
      });
      if (securityGroup === undefined) throw new Error("the answer holds no security group");
      return securityGroup.id;
    },

  discard: (clients, securityGroupId, zone) =>
    clients.delete.instance.deleteSecurityGroup({ securityGroupId, zone }),

  remove: removeGroup,
  doubleRestsMs: INSTANCE_ARRIVES_WITHIN_MS,
};
