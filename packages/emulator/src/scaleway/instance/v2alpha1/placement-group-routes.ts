import { required } from "../../../http/body.ts";
import { json, noContent } from "../../../http/route.ts";
import type { Answer, Call, Route } from "../../../http/route.ts";
import { pathUuid } from "../../../http/uuids.ts";
import { zuluDate } from "../../dates.ts";
import { among, containing, equal, listed, tagged } from "../../listed.ts";
import { byProject } from "../../project.ts";
import { removePlacementGroup } from "../placement-group.ts";
import { changePlacementGroup, newPlacementGroup, placementGroupAt } from "../placement-group-routes.ts";
import { placementGroups } from "../placement-group-rows.ts";
import type { PlacementGroupRow } from "../placement-group-rows.ts";
import { tokenPage } from "./token-page.ts";

const GROUPS = "/instance/v2alpha1/zones/{zone}/placement-groups";

/** v1's placement groups; of their mode this API says nothing. */
export function placementGroupRoutesV2(): Route[] {
  const path = `${GROUPS}/{id}`;
  return [
    { operation: "listPlacementGroups", method: "GET", path: GROUPS, handle: listGroups },
    { operation: "createPlacementGroup", method: "POST", path: GROUPS, handle: createGroup },
    {
      operation: "getPlacementGroup",
      method: "GET",
      path,
      handle: (call) => json(200, viewGroup(groupOf(call))),
    },
    {
      operation: "updatePlacementGroup",
      method: "PATCH",
      path,
      handle: (call) => json(200, viewGroup(changePlacementGroup(call, groupOf(call)))),
    },
    {
      operation: "deletePlacementGroup",
      method: "DELETE",
      path,
      handle(call) {
        removePlacementGroup(call.world, groupOf(call), call.now);
        return noContent();
      },
    },
  ];
}

function groupOf(call: Call): PlacementGroupRow {
  pathUuid(call, "placement_group_id");
  return placementGroupAt(call);
}

function listGroups(call: Call): Answer {
  const { query, world } = call;
  const rows = listed(call, placementGroups(world), [
    containing(query, "name", (row) => row.name),
    equal(query, "project_id", (row) => row.projectId, byProject),
    among(query, "placement_group_ids", (row) => row.id),
    tagged(query),
  ]);
  const order = query.get("order_by") ?? "created_at_desc";
  return tokenPage(call, { key: "placement_groups", rows, order, view: viewGroup });
}

function createGroup(call: Call): Answer {
  const body = call.body();
  required(body, "name");
  return json(200, viewGroup(newPlacementGroup(call, body)));
}

function viewGroup(row: PlacementGroupRow): Record<string, unknown> {
  return {
    project_id: row.projectId,
    name: row.name,
    id: row.id,
    policy_type: row.policyType,
    tags: row.tags,
    created_at: zuluDate(row.createdAt),
    updated_at: zuluDate(row.modifiedAt),
    zone: row.zone,
  };
}
