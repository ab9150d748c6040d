import type { Blockv1 } from "@mayfly/scaleway";
import { listAll } from "@mayfly/scaleway";
import type { Clients } from "./clients.ts";
import { readMarks } from "./marks.ts";

/** Every block volume of the project that lives by itself. @param name exactly this one */
export async function listVolumes({ read }: Clients, zone: string, name?: string): Promise<Blockv1.Volume[]> {
  const volumes = await listAll(
    async (page, pageSize) => {
      const answer = await read.block.listVolumes({
        zone,
        page,
        pageSize,
        projectId: read.projectId,
        name,
        orderBy: "created_at_asc",
        includeDeleted: false,
      });
      return { items: answer.volumes, totalCount: answer.totalCount };
    },
    { what: `block volumes of ${zone}`, oldestFirst: true },
  );
  // The cloud takes a name for a part of one.
  return volumes.filter((each) => livesByItself(each) && (name ?? each.name) === each.name);
}

/** What carries an instance's mark belongs to that instance alone. */
export function livesByItself({ status, tags }: Blockv1.Volume): boolean {
  return status !== "deleting" && status !== "deleted" && readMarks(tags).instanceId === undefined;
}
