import { preconditionFailed } from "../../http/refusal.ts";
import type { Call } from "../../http/route.ts";
import type { Row } from "../../table.ts";
import { vpcs } from "../vpc/rows.ts";
import { projects } from "./rows.ts";
import type { ProjectRow } from "./rows.ts";

/**
 * An organization keeps its first project; every other one goes when nothing is left in it, not even the default security
 * group that the cloud made unasked: https://github.com/scaleway/terraform-provider-scaleway/issues/2821
 */
export function deleteProject({ world, now }: Call, project: ProjectRow): void {
  if (project.id === world.projectId || project.id === project.organizationId)
    throw preconditionFailed(412, "resource_still_in_use", "the default project cannot be deleted");
  const inside = world.store
    .kinds()
    .flatMap((kind) => world.store.table<Row & { readonly projectId?: string }>(kind).all())
    .filter(({ projectId }) => projectId === project.id);
  // Nobody can delete a default VPC: it goes with its project.
  const defaults = vpcs(world)
    .all()
    .filter(({ isDefault }) => isDefault);
  if (inside.some(({ id }) => !defaults.some((vpc) => vpc.id === id)))
    throw preconditionFailed(412, "resource_still_in_use", "the project must be empty to be deleted");
  for (const { id } of inside) vpcs(world).remove(id, now);
  projects(world).remove(project.id, now);
}
