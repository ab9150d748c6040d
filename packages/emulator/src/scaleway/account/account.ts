import { isUuid, record, required, text } from "../../http/body.ts";
import type { Body } from "../../http/body.ts";
import { bodyPage } from "../../http/page.ts";
import { notFound } from "../../http/refusal.ts";
import { json, noContent } from "../../http/route.ts";
import type { Call, Route } from "../../http/route.ts";
import { holding } from "../../product.ts";
import type { Product } from "../../product.ts";
import type { World } from "../../world.ts";
import { zuluDate } from "../dates.ts";
import { isKnownProject, projects } from "../known-projects.ts";
import type { ProjectRow } from "../known-projects.ts";
import { among, equal, meeting } from "../listed.ts";

const PROJECTS = "/account/v3/projects";
const UNQUALIFIED = { architecture_type: "unknown_architecture_type" };
const FOUNDED_AT = Date.UTC(2021, 8, 28, 11, 34, 3, 639);

/** The known project, and those that were made. */
export function account(): Product {
  const routes: Route[] = [
    {
      operation: "listProjects",
      method: "GET",
      path: PROJECTS,
      handle(call) {
        const made = projects(call.world);
        const own = made.get(call.world.projectId) ? [] : [defaultProject(call.world)];
        const rows = meeting(
          [...own, ...made.all()],
          [equal(call.query, "name", (row) => row.name), among(call.query, "project_ids", (row) => row.id)],
        );
        const order = call.query.get("order_by") ?? "created_at_asc";
        return bodyPage(call, { key: "projects", rows, order, view: viewProject });
      },
    },
    {
      operation: "createProject",
      method: "POST",
      path: PROJECTS,
      // The answer to a change never says what the project is for.
      handle: (call) => json(200, { ...viewProject(createProject(call, call.body())), qualification: null }),
    },
    {
      operation: "getProject",
      method: "GET",
      path: `${PROJECTS}/{id}`,
      handle: (call) => json(200, viewProject(projectOf(call))),
    },
    {
      operation: "updateProject",
      method: "PATCH",
      path: `${PROJECTS}/{id}`,
      handle(call) {
        const row = projectOf(call);
        const body = call.body();
        const name = text(body, "name") ?? row.name;
        const description = text(body, "description") ?? row.description;
        const next = projects(call.world).put({ ...row, name, description, modifiedAt: call.now }, call.now);
        return json(200, { ...viewProject(next), qualification: null });
      },
    },
    {
      operation: "setProjectQualification",
      method: "POST",
      path: `${PROJECTS}/{id}/project-qualification`,
      handle(call) {
        const row = projectOf(call);
        const qualification = record(call.body(), "qualification") ?? UNQUALIFIED;
        projects(call.world).put({ ...row, qualification, modifiedAt: call.now }, call.now);
        return json(200, { project_id: row.id, qualification });
      },
    },
    {
      operation: "deleteProject",
      method: "DELETE",
      path: `${PROJECTS}/{id}`,
      handle(call) {
        projects(call.world).remove(projectOf(call).id, call.now);
        return noContent();
      },
    },
  ];
  return { routes, holds: { project: holding({ kind: "project" }) } };
}

function createProject(call: Call, body: Body): ProjectRow {
  const row: ProjectRow = {
    id: call.world.random.uuid(),
    name: required(body, "name"),
    zone: "",
    tags: [],
    createdAt: call.now,
    organizationId: text(body, "organization_id") ?? call.world.projectId,
    description: text(body, "description") ?? "",
    modifiedAt: call.now,
    qualification: record(body, "qualification") ?? UNQUALIFIED,
  };
  return projects(call.world).put(row, call.now);
}

function projectOf(call: Call): ProjectRow {
  const { id = "" } = call.params;
  const { world } = call;
  const row = projects(world).get(id) ?? (isTakenAsGiven(world, id) ? defaultProject(world, id) : undefined);
  if (!row) throw notFound("project_id", id);
  return row;
}

/** Where things may be made in any project, every project exists that was not deleted. */
function isTakenAsGiven(world: World, id: string): boolean {
  if (id === world.projectId) return true;
  return (
    isUuid(id) &&
    isKnownProject(world, id) &&
    !projects(world)
      .gone()
      .some(({ row }) => row.id === id)
  );
}

function defaultProject(world: World, id = world.projectId): ProjectRow {
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

function viewProject(row: ProjectRow): Record<string, unknown> {
  return {
    id: row.id,
    name: row.name,
    organization_id: row.organizationId,
    created_at: zuluDate(row.createdAt),
    updated_at: zuluDate(row.modifiedAt),
    description: row.description,
    qualification: row.qualification,
  };
}
