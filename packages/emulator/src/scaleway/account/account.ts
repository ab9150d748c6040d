import { record, required, text } from "../../http/body.ts";
import type { Body } from "../../http/body.ts";
import { bodyPage } from "../../http/page.ts";
import { notFound } from "../../http/refusal.ts";
import { json, noContent } from "../../http/route.ts";
import type { Call, Route } from "../../http/route.ts";
import { pathUuid } from "../../http/uuids.ts";
import { holding } from "../../product.ts";
import type { Product } from "../../product.ts";
import { zuluDate } from "../dates.ts";
import { among, equal, meeting } from "../listed.ts";
import { inOrganization, isKnownProject } from "../project.ts";
import { deleteProject } from "./delete-project.ts";
import { firstProject, isFirstProject, UNQUALIFIED } from "./first-project.ts";
import { projects } from "./rows.ts";
import type { ProjectRow } from "./rows.ts";

const PROJECTS = "/account/v3/projects";

/** The known project, and those that were made. */
export function account(): Product {
  const routes: Route[] = [
    {
      operation: "listProjects",
      method: "GET",
      path: PROJECTS,
      handle(call) {
        const made = projects(call.world);
        const own = made.get(call.world.projectId) ? [] : [firstProject(call.world.projectId)];
        const rows = meeting(
          [...own, ...made.all()],
          [
            equal(call.query, "name", (row) => row.name),
            inOrganization(call),
            among(call.query, "project_ids", (row) => row.id),
          ],
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
        deleteProject(call, projectOf(call));
        return noContent();
      },
    },
  ];
  return { routes, holds: { project: holding<ProjectRow>({ kind: "project", own: isFirstProject }) } };
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
  const { world } = call;
  const id = pathUuid(call, "project_id");
  if (!isKnownProject(world, id)) throw notFound("project_id", id);
  // One that nobody made is the first one of its organization.
  return projects(world).get(id) ?? firstProject(id);
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
