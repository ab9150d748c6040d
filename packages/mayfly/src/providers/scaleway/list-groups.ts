import type { Instancev1, Scaleway } from "@mayfly/scaleway";
import { listAll } from "@mayfly/scaleway";

/** Every security group of the project. @param name the cloud takes it for a part of a name */
export function listGroups(
  scaleway: Scaleway,
  zone: string,
  name?: string,
): Promise<Instancev1.SecurityGroup[]> {
  return listAll(
    async (page, perPage) => {
      const query = { zone, page, perPage, project: scaleway.projectId, name };
      const { securityGroups, totalCount } = await scaleway.instance.listSecurityGroups(query);
      return { items: securityGroups, totalCount };
    },
    { what: `security groups of ${zone}` },
  );
}
