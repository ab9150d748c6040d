import { listAll } from "@mayfly/scaleway";
import { didYouMean } from "../../lifecycle/nearest.ts";
import type { Clients } from "./clients.ts";
import { Refused } from "../refused.ts";

/** The id of the project's VPC with this id or exactly this name. Throws `Refused` when there is none, or several. */
export async function vpcNamed({ read }: Clients, wanted: string, region: string): Promise<string> {
  const all = await listAll(
    async (page, pageSize) => {
      const { vpcs, totalCount } = await read.vpc.listVPCs({
        region,
        page,
        pageSize,
        projectId: read.projectId,
        orderBy: "created_at_asc",
      });
      return { items: vpcs, totalCount };
    },
    { what: `VPCs of ${region}`, oldestFirst: true },
  );
  const byId = all.find(({ id }) => id === wanted.toLowerCase());
  const [found, ...others] = byId === undefined ? all.filter(({ name }) => name === wanted) : [byId];
  if (found !== undefined && others.length === 0) return found.id;
  if (found !== undefined) {
    const ids = [found, ...others].map(({ id }) => id).join(", ");
    throw new Refused(`${others.length + 1} VPCs of ${region} are named ${wanted}: ${ids}`, "give an id");
  }
  const names = all.map(({ name }) => name);
  throw new Refused(
    `VPC ${wanted} is unknown in ${region}`,
    didYouMean(wanted, names) ?? `there are: ${names.slice(0, 5).join(", ")}`,
  );
}
