import { record, text, texts } from "../../http/body.ts";
import { bodyPage } from "../../http/page.ts";
import { transientState } from "../../http/refusal.ts";
import { json } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import type { World } from "../../world.ts";
import { zuluDate } from "../dates.ts";
import { equal, listed, placeOf } from "../listed.ts";
import { byProject, inOrganization, organizationOf, projectOf } from "../project.ts";
import { isSentinel, refuseSentinel } from "../refuse-sentinel.ts";
import { foundThing } from "./found-thing.ts";
import { begin, end } from "./function-states.ts";
import { namespaces } from "./rows.ts";
import type { NamespaceRow } from "./rows.ts";
import { secretsOf, viewSecrets } from "./secrets-of.ts";

const NAMESPACES = "/functions/v1beta1/regions/{region}/namespaces";

/** Namespaces fail by their name: they have no type. */
export function namespaceRoutes(): Route[] {
  const path = `${NAMESPACES}/{id}`;
  return [
    { operation: "listFunctionNamespaces", method: "GET", path: NAMESPACES, handle: listNamespaces },
    { operation: "createFunctionNamespace", method: "POST", path: NAMESPACES, handle: createNamespace },
    {
      operation: "getFunctionNamespace",
      method: "GET",
      path,
      handle: (call) => answer(call, foundNamespace(call)),
    },
    { operation: "updateFunctionNamespace", method: "PATCH", path, handle: updateNamespace },
    {
      operation: "deleteFunctionNamespace",
      method: "DELETE",
      path,
      handle: (call) => answer(call, end(call.world, "functionNamespace", foundNamespace(call), call.now)),
    },
  ];
}

/** The namespace of that id, by default the one that the path names. */
export function foundNamespace(call: Call, id?: string): NamespaceRow {
  return foundThing(call, namespaces(call.world), "Namespace", id);
}

function answer(call: Call, row: NamespaceRow): Answer {
  return json(200, view(call.world, row));
}

function listNamespaces(call: Call): Answer {
  const { query, world } = call;
  const rows = listed(call, namespaces(world), [
    equal(query, "name", (row) => row.name),
    equal(query, "project_id", (row) => row.projectId, byProject),
    inOrganization(call),
  ]);
  const order = query.get("order_by") ?? "created_at_asc";
  return bodyPage(call, { key: "namespaces", rows, order, view: (row) => view(world, row) });
}

const SLUG = 20;

function createNamespace(call: Call): Answer {
  const { world, now } = call;
  const body = call.body();
  const name = text(body, "name") || `ns-${world.random.hex(8)}`;
  const refused = refuseSentinel(world, name, "functions_namespaces");
  if (refused) return refused;
  const id = world.random.uuid();
  const row: NamespaceRow = {
    id,
    name,
    zone: placeOf(call),
    tags: texts(body, "tags") ?? [],
    createdAt: now,
    modifiedAt: now,
    projectId: projectOf(call, body),
    description: text(body, "description") ?? "",
    environment: record(body, "environment_variables") ?? {},
    secrets: secretsOf(world, body),
    status: "pending",
    slug: `${name
      .toLowerCase()
      .replace(/[^a-z0-9]/g, "")
      .slice(0, SLUG)}${world.random.hex(8)}`,
    registryId: null,
    epoch: 0,
  };
  const stuck = isSentinel(name, "neverBoots");
  const made = stuck ? namespaces(world).put(row, now) : begin(world, "functionNamespace", row, now);
  return { ...answer(call, made), lost: isSentinel(name, "lostAnswer") };
}

/** What is in it is deployed anew: it is pending again. */
function updateNamespace(call: Call): Answer {
  const { world, now } = call;
  const row = foundNamespace(call);
  if (row.status === "deleting") throw transientState("namespace", row.id, row.status);
  const body = call.body();
  const next: NamespaceRow = {
    ...row,
    description: text(body, "description") ?? row.description,
    tags: texts(body, "tags") ?? row.tags,
    environment: record(body, "environment_variables") ?? row.environment,
    secrets: secretsOf(world, body, row.secrets),
    status: "pending",
  };
  return answer(call, begin(world, "functionNamespace", next, now));
}

function view(world: World, row: NamespaceRow): Record<string, unknown> {
  const registry = row.registryId === null ? "" : `rg.${row.zone}.scw.cloud/funcscw${row.slug}`;
  return {
    id: row.id,
    name: row.name,
    environment_variables: row.environment,
    organization_id: organizationOf(world, row.projectId),
    project_id: row.projectId,
    status: row.status,
    registry_namespace_id: row.registryId ?? "",
    error_message: null,
    registry_endpoint: registry,
    description: row.description,
    secret_environment_variables: viewSecrets(row.secrets),
    region: row.zone,
    tags: row.tags,
    created_at: zuluDate(row.createdAt),
    updated_at: zuluDate(row.modifiedAt),
    vpc_integration_activated: false,
  };
}
