import { required, text, texts } from "../../http/body.ts";
import type { Body } from "../../http/body.ts";
import { headerPage } from "../../http/page.ts";
import { json, noContent } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import { containing, equal, found, listed, placeOf, tagged } from "../listed.ts";
import { byProject, inOrganization, projectOf } from "../project.ts";
import { location } from "./location.ts";
import { policyOf, removePlacementGroup, USUAL_POLICY } from "./placement-group.ts";
import { placementGroups } from "./placement-group-rows.ts";
import type { PlacementGroupRow } from "./placement-group-rows.ts";
import { viewPlacementGroup } from "./placement-group-view.ts";

const GROUPS = "/instance/v1/zones/{zone}/placement_groups";

/** Groups of servers that shall run together or apart. */
export function placementGroupRoutes(): Route[] {
  const path = `${GROUPS}/{id}`;
  return [
    { operation: "listPlacementGroups", method: "GET", path: GROUPS, handle: listGroups },
    { operation: "createPlacementGroup", method: "POST", path: GROUPS, handle: createGroup },
    {
      operation: "getPlacementGroup",
      method: "GET",
      path,
      handle: (call) => answer(call, placementGroupAt(call)),
    },
    { operation: "setPlacementGroup", method: "PUT", path, handle: setGroup },
    { operation: "updatePlacementGroup", method: "PATCH", path, handle: updateGroup },
    {
      operation: "deletePlacementGroup",
      method: "DELETE",
      path,
      handle(call) {
        removePlacementGroup(call.world, placementGroupAt(call), call.now);
        return noContent();
      },
    },
  ];
}

export function placementGroupAt(call: Call): PlacementGroupRow {
  return found(call, placementGroups(call.world), {
    resource: "instance_placement_group",
    id: call.params.id ?? "",
  });
}

function answer(call: Call, row: PlacementGroupRow): Answer {
  return json(200, { placement_group: viewPlacementGroup(call.world, row) });
}

function listGroups(call: Call): Answer {
  const { query, world } = call;
  const rows = listed(call, placementGroups(world), [
    containing(query, "name", (row) => row.name),
    equal(query, "project", (row) => row.projectId, byProject),
    inOrganization(call),
    tagged(query),
  ]);
  return headerPage(call, {
    key: "placement_groups",
    path: "/placement_groups",
    rows,
    order: "creation_date_desc",
    view: (row) => viewPlacementGroup(world, row),
  });
}

function createGroup(call: Call): Answer {
  const row = newPlacementGroup(call, call.body());
  const body = { placement_group: viewPlacementGroup(call.world, row) };
  return json(201, body, location(row.zone, "placement_groups", row.id));
}

export function newPlacementGroup(call: Call, body: Body): PlacementGroupRow {
  const { world, now } = call;
  const id = world.random.uuid();
  const row: PlacementGroupRow = {
    id,
    name: text(body, "name") || `pg-${id.slice(0, 8)}`,
    zone: placeOf(call),
    tags: texts(body, "tags") ?? [],
    createdAt: now,
    modifiedAt: now,
    projectId: projectOf(call, body),
    ...policyOf(body, USUAL_POLICY),
  };
  return placementGroups(world).put(row, now);
}

function updateGroup(call: Call): Answer {
  return answer(call, changePlacementGroup(call, placementGroupAt(call)));
}

/** What is absent stays. */
export function changePlacementGroup(call: Call, row: PlacementGroupRow): PlacementGroupRow {
  const body = call.body();
  const next = {
    ...row,
    name: text(body, "name") || row.name,
    tags: texts(body, "tags") ?? row.tags,
    ...policyOf(body, row),
    modifiedAt: call.now,
  };
  return placementGroups(call.world).put(next, call.now);
}

/** What is absent is as in a new group. */
function setGroup(call: Call): Answer {
  const row = placementGroupAt(call);
  const body = call.body();
  const next = {
    ...row,
    name: required(body, "name"),
    tags: texts(body, "tags") ?? [],
    ...policyOf(body, USUAL_POLICY),
    modifiedAt: call.now,
  };
  return answer(call, placementGroups(call.world).put(next, call.now));
}
