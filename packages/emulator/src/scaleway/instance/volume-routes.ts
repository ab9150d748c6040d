import { integer, one, required, text, texts } from "../../http/body.ts";
import { headerPage } from "../../http/page.ts";
import { invalidArgument, preconditionFailed } from "../../http/refusal.ts";
import { json, noContent } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import { containing, equal, found, listed, tagged } from "../listed.ts";
import { projectOf } from "../project.ts";
import { location } from "./location.ts";
import { byProject, localVolumes } from "./rows.ts";
import type { LocalVolumeRow } from "./rows.ts";
import { createLocalVolume } from "./server-volumes.ts";
import { viewLocalVolume } from "./volume-view.ts";

const VOLUMES = "/instance/v1/zones/{zone}/volumes";

/** Local volumes; a block volume's id is unknown here. */
export function localVolumeRoutes(): Route[] {
  return [
    { operation: "listLocalVolumes", method: "GET", path: VOLUMES, handle: listVolumes },
    { operation: "createLocalVolume", method: "POST", path: VOLUMES, handle: createVolume },
    {
      operation: "getLocalVolume",
      method: "GET",
      path: `${VOLUMES}/{id}`,
      handle: (call) => json(200, { volume: viewLocalVolume(call.world, volumeOf(call)) }),
    },
    { operation: "updateLocalVolume", method: "PATCH", path: `${VOLUMES}/{id}`, handle: updateVolume },
    { operation: "deleteLocalVolume", method: "DELETE", path: `${VOLUMES}/{id}`, handle: deleteVolume },
  ];
}

function volumeOf(call: Call): LocalVolumeRow {
  return found(call, localVolumes(call.world), { resource: "instance_volume", id: call.params.id ?? "" });
}

function listVolumes(call: Call): Answer {
  const { query, world } = call;
  const rows = listed(call, localVolumes(world), [
    containing(query, "name", (row) => row.name),
    equal(query, "project", (row) => row.projectId, byProject),
    equal(query, "organization", (row) => row.projectId, byProject),
    equal(query, "volume_type", (row) => row.kind),
    tagged(query),
  ]);
  return headerPage(call, {
    key: "volumes",
    path: "/volumes",
    rows,
    order: "creation_date_desc",
    perPage: 100,
    view: (row) => viewLocalVolume(world, row),
  });
}

function createVolume(call: Call): Answer {
  const body = call.body();
  const zone = call.params.zone ?? "";
  const projectId = projectOf(call, body);
  const kind = one(body, "volume_type", ["l_ssd", "scratch"]) ?? "l_ssd";
  const size = integer(body, "size");
  if (size === undefined) throw invalidArgument("size", "required");
  if (size < 1e9) throw invalidArgument("size", "constraint", "must be at least 1 GB");
  const given = {
    name: required(body, "name"),
    zone,
    projectId,
    kind,
    size,
    tags: texts(body, "tags") ?? [],
    serverId: null,
  };
  const row = createLocalVolume(call.world, given, call.now);
  return json(201, { volume: viewLocalVolume(call.world, row) }, location(zone, "volumes", row.id));
}

function updateVolume(call: Call): Answer {
  const row = volumeOf(call);
  const body = call.body();
  const next = {
    ...row,
    name: text(body, "name") ?? row.name,
    tags: texts(body, "tags") ?? row.tags,
    modifiedAt: call.now,
  };
  return json(200, { volume: viewLocalVolume(call.world, localVolumes(call.world).put(next, call.now)) });
}

function deleteVolume(call: Call): Answer {
  const row = volumeOf(call);
  if (row.serverId !== null)
    throw preconditionFailed(400, "resource_still_in_use", "volume is attached to a server");
  localVolumes(call.world).remove(row.id, call.now);
  return noContent();
}
