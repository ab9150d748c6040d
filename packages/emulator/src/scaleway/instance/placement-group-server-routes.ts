import { texts } from "../../http/body.ts";
import { headerPage } from "../../http/page.ts";
import { invalidArgument, notFound } from "../../http/refusal.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import { placementGroupAt } from "./placement-group-routes.ts";
import { byPlacementGroup } from "./placement-group-rows.ts";
import { servers } from "./rows.ts";

const MEMBERS = "/instance/v1/zones/{zone}/placement_groups/{id}/servers";

/** The servers of a placement group: they are always replaced as a whole. */
export function placementGroupServerRoutes(): Route[] {
  return [
    { operation: "getPlacementGroupServers", method: "GET", path: MEMBERS, handle: viewMembers },
    { operation: "setPlacementGroupServers", method: "PUT", path: MEMBERS, handle: setMembers },
    { operation: "updatePlacementGroupServers", method: "PATCH", path: MEMBERS, handle: setMembers },
  ];
}

function viewMembers(call: Call): Answer {
  const { id } = placementGroupAt(call);
  return headerPage(call, {
    key: "servers",
    path: `/placement_groups/${id}/servers`,
    rows: servers(call.world).by(byPlacementGroup, id),
    view: (row) => ({ id: row.id, name: row.name, policy_respected: true }),
  });
}

function setMembers(call: Call): Answer {
  const group = placementGroupAt(call);
  const table = servers(call.world);
  const wanted = texts(call.body(), "servers");
  if (!wanted) throw invalidArgument("servers", "required");
  for (const id of wanted) if (table.get(id)?.zone !== group.zone) throw notFound("instance_server", id);
  const before = table.by(byPlacementGroup, group.id).map(({ id }) => id);
  for (const id of new Set([...before, ...wanted])) {
    const server = table.get(id);
    const placementGroupId = wanted.includes(id) ? group.id : null;
    if (server) table.put({ ...server, placementGroupId, modifiedAt: call.now }, call.now);
  }
  return viewMembers(call);
}
