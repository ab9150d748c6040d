import { flag, required, texts } from "../../http/body.ts";
import { bodyPage } from "../../http/page.ts";
import { preconditionFailed } from "../../http/refusal.ts";
import { json, noContent } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import { pathUuid } from "../../http/uuids.ts";
import { anyTag } from "../any-tag.ts";
import { containing, equal, flagged, found, listed, placeOf } from "../listed.ts";
import { renamed } from "../named-row.ts";
import { byProject, inOrganization, regionalProjectOf } from "../project.ts";
import { checkQueriedIds } from "../queried-ids.ts";
import { defaultVpc, ensureDefaultVpc, newVpc } from "./default-vpc.ts";
import { byVpc, customRoutes, ingressRules, privateNetworks, vpcConnectors, vpcs } from "./rows.ts";
import type { VpcRow } from "./rows.ts";
import { viewVpc } from "./vpc-view.ts";

const VPCS = "/vpc/v2/regions/{region}/vpcs";

export function vpcRoutes(): Route[] {
  const one = `${VPCS}/{id}`;
  const switchOn = (operation: string, path: string, change: Partial<VpcRow>): Route => ({
    operation,
    method: "POST",
    path: `${one}/${path}`,
    handle: (call) => json(200, viewVpc(call.world, changeVpc(call, vpcOf(call), change))),
  });
  return [
    { operation: "listVPCs", method: "GET", path: VPCS, handle: listVpcs },
    { operation: "createVPC", method: "POST", path: VPCS, handle: createVpc },
    {
      operation: "getVPC",
      method: "GET",
      path: one,
      handle: (call) => json(200, viewVpc(call.world, vpcOf(call))),
    },
    { operation: "updateVPC", method: "PATCH", path: one, handle: updateVpc },
    { operation: "deleteVPC", method: "DELETE", path: one, handle: deleteVpc },
    switchOn("enableRouting", "enable-routing", { routingEnabled: true }),
    switchOn("enableCustomRoutesPropagation", "enable-custom-routes-propagation", {
      customRoutesPropagationEnabled: true,
    }),
  ];
}

/** The VPC of the call's path. */
export function vpcOf(call: Call): VpcRow {
  return vpcNamed(call, pathUuid(call, "vpc_id"));
}

export function vpcNamed(call: Call, id: string): VpcRow {
  return found(call, vpcs(call.world), { resource: "vpc", id });
}

export function changeVpc(call: Call, row: VpcRow, change: Partial<VpcRow>): VpcRow {
  return vpcs(call.world).put({ ...row, ...change, modifiedAt: call.now }, call.now);
}

function listVpcs(call: Call): Answer {
  const { query, world } = call;
  checkQueriedIds(call, ["project_id", "organization_id"]);
  ensureDefaultVpc(world, placeOf(call), call.now);
  const rows = listed(call, vpcs(world), [
    containing(query, "name", (row) => row.name),
    equal(query, "project_id", (row) => row.projectId, byProject),
    inOrganization(call),
    flagged(query, "is_default", (row) => row.isDefault),
    flagged(query, "routing_enabled", (row) => row.routingEnabled),
    flagged(query, "s3_integration_enabled", (row) => row.s3IntegrationEnabled),
    anyTag(query),
  ]);
  const order = query.get("order_by") ?? "created_at_asc";
  return bodyPage(call, { key: "vpcs", rows, order, view: (row) => viewVpc(world, row) });
}

function createVpc(call: Call): Answer {
  const { world, now } = call;
  const body = call.body();
  const given = {
    name: required(body, "name"),
    zone: placeOf(call),
    projectId: regionalProjectOf(call, body),
    tags: texts(body, "tags") ?? [],
    transitivityEnabled: flag(body, "enable_transitivity", false),
  };
  flag(body, "enable_routing", true);
  ensureDefaultVpc(world, given.zone, now);
  return json(200, viewVpc(world, newVpc(world, given, now)));
}

function updateVpc(call: Call): Answer {
  return json(200, viewVpc(call.world, changeVpc(call, renamed(call, vpcOf(call)), {})));
}

/** Routes, rules and connectors go with it. */
function deleteVpc(call: Call): Answer {
  const { world, now } = call;
  const row = vpcOf(call);
  if (row.isDefault) throw preconditionFailed(412, "resource_not_usable", "Default VPC cannot be deleted");
  if (privateNetworks(world).by(byVpc, row.id).length > 0)
    throw preconditionFailed(412, "resource_still_in_use", "VPC must be empty to be deleted");
  for (const table of [customRoutes(world), ingressRules(world), vpcConnectors(world)])
    for (const { id } of table.by(byVpc, row.id).slice()) table.remove(id, now);
  vpcs(world).remove(row.id, now);
  return noContent();
}

/** The VPC that a create names, or the default one of its project. */
export function vpcOrDefault(call: Call, id: string | undefined, projectId: string): VpcRow {
  if (id !== undefined) return vpcNamed(call, id);
  return defaultVpc(call.world, { region: placeOf(call), projectId, at: call.now });
}
