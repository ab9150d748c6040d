import type { Vpcv2 } from "@mayfly/scaleway";
import { listAll } from "@mayfly/scaleway";
import type { Clients } from "./clients.ts";

/** Every private network of the project. @param name the cloud takes it for a part of a name */
export function listNetworks(
  { read }: Clients,
  region: string,
  name?: string,
): Promise<Vpcv2.PrivateNetwork[]> {
  return listAll(
    async (page, pageSize) => {
      const { privateNetworks, totalCount } = await read.vpc.listPrivateNetworks({
        region,
        page,
        pageSize,
        projectId: read.projectId,
        name,
        orderBy: "created_at_asc",
      });
      return { items: privateNetworks, totalCount };
    },
    { what: `private networks of ${region}`, oldestFirst: true },
  );
}
