import type { Scaleway } from "@mayfly/scaleway";
import { listAll } from "@mayfly/scaleway";
import type { Clock } from "../../clock.ts";
import { createCache } from "./cache.ts";
import { didYouMean } from "../../lifecycle/nearest.ts";
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
      const all = await groups.get(zone, () => listGroups(scaleway, zone));
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

function listGroups(scaleway: Scaleway, zone: string): Promise<{ id: string; name: string }[]> {
  return listAll(
    async (page, perPage) => {
      const query = { zone, page, perPage, project: scaleway.projectId };
      const answer = await scaleway.instance.listSecurityGroups(query);
      return {
        items: answer.securityGroups.map(({ id, name }) => ({ id, name })),
        totalCount: answer.totalCount,
      };
    },
    { what: `security groups of ${zone}` },
  );
}
