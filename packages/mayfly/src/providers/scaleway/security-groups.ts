import type { Scaleway } from "@mayfly/scaleway";
import type { Clock } from "../../clock.ts";
import { createCache } from "./cache.ts";
import { didYouMean } from "../../lifecycle/nearest.ts";
import { listGroups } from "./list-groups.ts";
import { Refused } from "./refused.ts";
import { isUuid } from "./uuid.ts";

export interface SecurityGroups {
  /** The id of the group with this id or exactly this name. Throws `Refused` when there is none, or several. */
  resolve(idOrName: string, zone: string): Promise<string>;
}

/** Kept for a minute: a group may be made just before it is named. */
export function createSecurityGroups(scaleway: Scaleway, clock: Clock): SecurityGroups {
  const groups = createCache<{ id: string; name: string }[]>({ clock, ttlMs: 60_000 });
  return {
    async resolve(wanted, zone) {
      const all = await groups.get(zone, async () =>
        (await listGroups(scaleway, zone)).map(({ id, name }) => ({ id, name })),
      );
      const named = all.filter(({ id, name }) =>
        isUuid(wanted) ? id === wanted.toLowerCase() : name === wanted,
      );
      if (named.length === 1) return named[0]!.id;
      if (named.length > 1)
        throw new Refused(`${named.length} security groups of ${zone} are named ${wanted}`, "give its id");
      const names = all.map(({ name }) => name);
      throw new Refused(
        `security group ${wanted} is unknown in ${zone}`,
        didYouMean(wanted, names) ?? `there are: ${names.slice(0, 5).join(", ")}`,
      );
    },
  };
}
