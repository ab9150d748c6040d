import type { Body } from "../http/body.ts";
import { notFound, permissionsDenied } from "../http/refusal.ts";
import type { Call } from "../http/route.ts";
import { uuid } from "../http/uuids.ts";
import type { Index, Row } from "../table.ts";
import type { World } from "../world.ts";
import { noteProject } from "./account/first-project.ts";
import { projects } from "./account/rows.ts";
import { inPlace } from "./listed.ts";
import type { Filter } from "./listed.ts";
import { MARKETPLACE_ORGANIZATION } from "./seed/images.ts";

/** Rows of a zone or region by project. */
export const byProject: Index<Row & { readonly projectId: string }> = (row) => [
  inPlace(row.zone, row.projectId),
];

/** The project that a create names, or the first one; of an unknown one nobody may know whether it exists. */
export function projectOf(call: Call, body: Body): string {
  const { world } = call;
  const given = uuid(body, "project") ?? uuid(body, "project_id") ?? uuid(body, "organization");
  if (given !== undefined && !isKnownProject(world, given))
    throw permissionsDenied([{ action: "read", resource: "project" }]);
  if (given !== undefined) noteProject(world, given, call.now);
  return given ?? world.projectId;
}

/** The same for a create of vpc or ipam: where others deny, these say that there is none. */
export function regionalProjectOf(call: Call, body: Body): string {
  const given = uuid(body, "project_id") ?? call.world.projectId;
  if (!isKnownProject(call.world, given)) throw notFound("project", given);
  noteProject(call.world, given, call.now);
  return given;
}

/** Whether things may be made in that project: the first one, those that were made, or any that was not deleted unless the emulator is strict. */
export function isKnownProject(world: World, id: string): boolean {
  const made = projects(world);
  if (id === world.projectId || made.get(id)) return true;
  return !world.strictProjects && !made.gone().some(({ row }) => row.id === id);
}

/** The first project of an organization has its id. */
export function organizationOf(world: World, projectId: string): string {
  return projects(world).get(projectId)?.organizationId ?? projectId;
}

type Owned = { readonly projectId: string } | { readonly organizationId: string };

/** No organization is asked for, or the row's is; one that nothing is known of is the caller's own unless the emulator is strict. */
export function inOrganization<R extends Owned>({ query, world }: Call): Filter<R> | undefined {
  const wanted = query.get("organization_id") ?? query.get("organization");
  if (!wanted || (!world.strictProjects && !isKnownOrganization(world, wanted))) return undefined;
  const organizationId = (row: R): string =>
    "organizationId" in row ? row.organizationId : organizationOf(world, row.projectId);
  return { test: (row) => organizationId(row) === wanted };
}

function isKnownOrganization(world: World, id: string): boolean {
  const made = projects(world).all();
  return (
    [world.projectId, MARKETPLACE_ORGANIZATION].includes(id) || made.some((row) => row.organizationId === id)
  );
}
