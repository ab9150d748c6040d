import type { Body } from "../http/body.ts";
import { notFound } from "../http/refusal.ts";
import type { Call } from "../http/route.ts";
import type { World } from "../world.ts";
import { uuid } from "./instance/v2alpha1/uuids.ts";
import { isKnownProject, projects } from "./known-projects.ts";

/** The project that a vpc or ipam create names, or the first one: where others deny, these say that there is none. */
export function regionalProjectOf(call: Call, body: Body): string {
  const given = uuid(body, "project_id") ?? call.world.projectId;
  if (!isKnownProject(call.world, given)) throw notFound("project", given);
  return given;
}

/** The first project of an organization has its id. */
export function organizationOf(world: World, projectId: string): string {
  return projects(world).get(projectId)?.organizationId ?? projectId;
}
