import type { World } from "../../world.ts";
import { projects } from "./rows.ts";
import type { ProjectRow } from "./rows.ts";

const FOUNDED_AT = Date.UTC(2021, 8, 28, 11, 34, 3, 639);
export const UNQUALIFIED = { architecture_type: "unknown_architecture_type" };

/** The first project of an organization, which has its id and which nobody made. */
export function firstProject(id: string): ProjectRow {
  return {
    id,
    name: "default",
    zone: "",
    tags: [],
    createdAt: FOUNDED_AT,
    organizationId: id,
    description: "",
    modifiedAt: FOUNDED_AT,
    qualification: UNQUALIFIED,
  };
}

/** Whoever names a project that nobody made has it from now on, as the first one of its organization. */
export function noteProject(world: World, id: string, at: number): void {
  if (id !== world.projectId && !projects(world).get(id)) projects(world).put(firstProject(id), at);
}

export const isFirstProject = ({ id, organizationId }: ProjectRow): boolean => id === organizationId;
