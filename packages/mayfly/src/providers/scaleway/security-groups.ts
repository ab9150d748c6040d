import type { Scaleway } from "@mayfly/scaleway";
import type { Clock } from "../../clock.ts";
import { createCache } from "../cache.ts";
import { didYouMean } from "../../lifecycle/nearest.ts";
import { listGroups } from "./list-groups.ts";
import { Refused } from "../refused.ts";
import { isUuid } from "./uuid.ts";

export interface SecurityGroups {
  /**
   * The id of the group with this id or exactly this name; `default` is the project's default one where none is named
   * so. Throws `Refused` when there is none, or several.
   */
  resolve(idOrName: string, zone: string): Promise<string>;
  /** One that was resolved is not there any more. */
  forget(): void;
}

/** What was found is kept for a minute; what was not is looked for anew, since somebody may just have made it. */
export function createSecurityGroups(scaleway: Scaleway, clock: Clock): SecurityGroups {
  const groups = createCache<Group[]>({ clock, ttlMs: 60_000 });
  return {
    async resolve(wanted, zone) {
      let isNew = false;
      const look = async () => {
        isNew = true;
        return (await listGroups(scaleway, zone)).map(({ id, name, projectDefault }) => ({
          id,
          name,
          projectDefault,
        }));
      };
      let all = await groups.get(zone, look);
      if (!isNew && meantBy(wanted, all).length !== 1) {
        groups.clear();
        all = await groups.get(zone, look);
      }
      const [found, ...others] = meantBy(wanted, all);
      if (found !== undefined && others.length === 0) return found.id;
      if (found !== undefined)
        throw new Refused(
          `${others.length + 1} security groups of ${zone} are named ${wanted}`,
          "give its id",
        );
      const names = all.map(({ name }) => name);
      throw new Refused(
        `security group ${wanted} is unknown in ${zone}`,
        didYouMean(wanted, names) ?? `there are: ${names.slice(0, 5).join(", ")}`,
      );
    },
    forget: groups.clear,
  };
}

interface Group {
  id: string;
  name: string;
  projectDefault: boolean;
}

function meantBy(wanted: string, all: readonly Group[]): Group[] {
  const named = all.filter(({ id, name }) =>
    isUuid(wanted) ? id === wanted.toLowerCase() : name === wanted,
  );
  return named.length === 0 && wanted === "default" ? all.filter((one) => one.projectDefault) : named;
}
