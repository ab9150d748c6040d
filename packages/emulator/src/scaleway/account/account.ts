import { required, text } from "../../http/body.ts";
import type { Body } from "../../http/body.ts";
import { bodyPage } from "../../http/page.ts";
import { notFound } from "../../http/refusal.ts";
import { json, noContent } from "../../http/route.ts";
import type { Call, Route } from "../../http/route.ts";
import { holding } from "../../product.ts";
import type { Product } from "../../product.ts";
import type { Row, Table } from "../../table.ts";
import type { World } from "../../world.ts";
import { zuluDate } from "../dates.ts";
import { among, equal, meeting } from "../listed.ts";

interface ProjectRow extends Row {
  readonly organizationId: string;
  readonly description: string;
}

const PROJECTS = "/account/v3/projects";
const FOUNDED_AT = Date.UTC(2021, 8, 28, 11, 34, 3, 639);
const projects = (world: World): Table<ProjectRow> => world.store.table<ProjectRow>("project");

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
        return json(200, viewProject(projects(call.world).put({ ...row, name, description }, call.now)));
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
  };
  return projects(call.world).put(row, call.now);
}

function projectOf(call: Call): ProjectRow {
  const { id = "" } = call.params;
  const known = id === call.world.projectId ? defaultProject(call.world) : undefined;
  const row = projects(call.world).get(id) ?? known;
  if (!row) throw notFound("project_id", id);
  return row;
}

function defaultProject(world: World): ProjectRow {
  const id = world.projectId;
  return {
    id,
    name: "default",
    zone: "",
    tags: [],
    createdAt: FOUNDED_AT,
    organizationId: id,
    description: "",
  };
}

function viewProject(row: ProjectRow): Record<string, unknown> {
  return {
    id: row.id,
    name: row.name,
    organization_id: row.organizationId,
    created_at: zuluDate(row.createdAt),
    updated_at: zuluDate(row.createdAt),
    description: row.description,
    qualification: { architecture_type: "unknown_architecture_type" },
  };
}
