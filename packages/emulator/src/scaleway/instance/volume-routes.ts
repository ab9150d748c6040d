import { integer, one, required, text, texts } from "../../http/body.ts";
import { headerPage } from "../../http/page.ts";
import { invalidArgument, notFound, preconditionFailed, wrongState } from "../../http/refusal.ts";
import type { Body } from "../../http/body.ts";
import { json, noContent } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import { containing, equal, found, listed, placeOf, tagged } from "../listed.ts";
import { renamed } from "../named-row.ts";
import { byProject, inOrganization, projectOf } from "../project.ts";
import { location } from "./location.ts";
import { localVolumes } from "./rows.ts";
import type { LocalVolumeRow } from "./rows.ts";
import { createLocalVolume } from "./server-volumes.ts";
import { snapshots } from "./snapshot-rows.ts";
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
    { operation: "setLocalVolume", method: "PUT", path: `${VOLUMES}/{id}`, handle: updateVolume },
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
    inOrganization(call),
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
  const size = newVolumeSize(call, body, kind);
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

/** What the request says, or what it wants a copy of. */
export function newVolumeSize(call: Call, body: Body, kind: LocalVolumeRow["kind"]): number {
  const snapshotId = text(body, "base_snapshot");
  const volumeId = text(body, "base_volume");
  const snapshot = snapshots(call.world).get(snapshotId ?? "");
  const volume = localVolumes(call.world).get(volumeId ?? "");
  const base = snapshot ?? volume;
  if (snapshotId && snapshot?.zone !== placeOf(call)) throw notFound("instance_snapshot", snapshotId);
  if (volumeId && volume?.zone !== placeOf(call)) throw notFound("instance_volume", volumeId);
  if (base && kind === "scratch")
    throw invalidArgument("volume_type", "constraint", "a scratch volume begins empty");
  const size = integer(body, "size") ?? base?.size;
  if (size === undefined) throw invalidArgument("size", "required");
  if (size < 1e9) throw invalidArgument("size", "constraint", "must be at least 1 GB");
  if (base && size < base.size)
    throw invalidArgument("size", "constraint", "must not be smaller than what it begins with");
  return size;
}

function updateVolume(call: Call): Answer {
  return json(200, { volume: viewLocalVolume(call.world, changeLocalVolume(call, volumeOf(call))) });
}

/** What is absent stays; a volume grows where nobody uses it. */
export function changeLocalVolume(call: Call, row: LocalVolumeRow): LocalVolumeRow {
  const size = integer(call.body(), "size") ?? row.size;
  if (size < row.size) throw invalidArgument("size", "constraint", "a volume cannot shrink");
  if (size !== row.size && row.serverId !== null)
    throw wrongState("volume should not be attached to a server");
  return localVolumes(call.world).put({ ...renamed(call, row), size }, call.now);
}

function deleteVolume(call: Call): Answer {
  dropLocalVolume(call, volumeOf(call));
  return noContent();
}

/** Removes a volume that no server has, or refuses to. */
export function dropLocalVolume(call: Call, row: LocalVolumeRow): void {
  if (row.serverId !== null)
    throw preconditionFailed(400, "resource_still_in_use", "volume is attached to a server");
  localVolumes(call.world).remove(row.id, call.now);
}
