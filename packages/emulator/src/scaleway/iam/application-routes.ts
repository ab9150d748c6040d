import { bodyPage } from "../../http/page.ts";
import { json, noContent } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import { pathUuid } from "../../http/uuids.ts";
import type { World } from "../../world.ts";
import { zuluDate } from "../dates.ts";
import { among, containing, flagged, found, listed } from "../listed.ts";
import { inOrganization } from "../project.ts";
import { orderOf, withTag } from "./conditions.ts";
import { newIamRow, redescribed } from "./new-iam-row.ts";
import { apiKeys, applications, byBearer } from "./rows.ts";
import type { ApplicationRow } from "./rows.ts";

const APPLICATIONS = "/iam/v1alpha1/applications";

/** Users that are programs. */
export function applicationRoutes(): Route[] {
  const path = `${APPLICATIONS}/{id}`;
  return [
    { operation: "listApplications", method: "GET", path: APPLICATIONS, handle: listApplications },
    { operation: "createApplication", method: "POST", path: APPLICATIONS, handle: createApplication },
    { operation: "getApplication", method: "GET", path, handle: (call) => answer(call, applicationOf(call)) },
    { operation: "updateApplication", method: "PATCH", path, handle: updateApplication },
    { operation: "deleteApplication", method: "DELETE", path, handle: deleteApplication },
  ];
}

function applicationOf(call: Call): ApplicationRow {
  return found(call, applications(call.world), {
    resource: "application",
    id: pathUuid(call, "application_id"),
  });
}

function listApplications(call: Call): Answer {
  const { query, world } = call;
  const rows = listed(call, applications(world), [
    containing(query, "name", (row) => row.name),
    inOrganization(call),
    flagged(query, "editable", () => true),
    among(query, "application_ids", (row) => row.id),
    withTag(call),
  ]);
  const view = (row: ApplicationRow): unknown => viewApplication(world, row);
  return bodyPage(call, { key: "applications", rows, order: orderOf(call), view });
}

function createApplication(call: Call): Answer {
  return answer(call, applications(call.world).put(newIamRow(call), call.now));
}

function updateApplication(call: Call): Answer {
  const next = redescribed(call, applicationOf(call));
  return answer(call, applications(call.world).put(next, call.now));
}

/** Its keys go with it. */
function deleteApplication(call: Call): Answer {
  const { id } = applicationOf(call);
  const keys = apiKeys(call.world);
  for (const key of keys.by(byBearer, id).slice()) keys.remove(key.id, call.now);
  applications(call.world).remove(id, call.now);
  return noContent();
}

function answer(call: Call, row: ApplicationRow): Answer {
  return json(200, viewApplication(call.world, row));
}

function viewApplication(world: World, row: ApplicationRow): Record<string, unknown> {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    created_at: zuluDate(row.createdAt),
    updated_at: zuluDate(row.modifiedAt),
    organization_id: row.organizationId,
    editable: true,
    deletable: true,
    managed: false,
    nb_api_keys: apiKeys(world).by(byBearer, row.id).length,
    tags: row.tags,
  };
}
