import { required, texts } from "../../../http/body.ts";
import { json, noContent } from "../../../http/route.ts";
import type { Answer, Call, Route } from "../../../http/route.ts";
import { pathUuid, uuid } from "../../../http/uuids.ts";
import type { World } from "../../../world.ts";
import { zuluDate } from "../../dates.ts";
import { among, containing, equal, found, listed, tagged } from "../../listed.ts";
import { byProject, projectOf } from "../../project.ts";
import { localVolumeState } from "../local-volume-state.ts";
import { localVolumes } from "../rows.ts";
import type { LocalVolumeRow } from "../rows.ts";
import { createLocalVolume } from "../server-volumes.ts";
import { changeLocalVolume, dropLocalVolume, newVolumeSize } from "../volume-routes.ts";
import { choice } from "./choice.ts";
import { tokenPage } from "./token-page.ts";

const VOLUMES = "/instance/v2alpha1/zones/{zone}/volumes";
const KINDS = ["l_ssd", "scratch"] as const;

/** Local volumes; a block volume's id is unknown here too. */
export function volumeRoutes(): Route[] {
  const one = `${VOLUMES}/{id}`;
  return [
    { operation: "listLocalVolumes", method: "GET", path: VOLUMES, handle: listVolumes },
    { operation: "createLocalVolume", method: "POST", path: VOLUMES, handle: createVolume },
    {
      operation: "getLocalVolume",
      method: "GET",
      path: one,
      handle: (call) => json(200, viewVolume(call.world, volumeOf(call))),
    },
    { operation: "updateLocalVolume", method: "PATCH", path: one, handle: updateVolume },
    {
      operation: "deleteLocalVolume",
      method: "DELETE",
      path: one,
      handle(call) {
        dropLocalVolume(call, volumeOf(call));
        return noContent();
      },
    },
  ];
}

function volumeOf(call: Call): LocalVolumeRow {
  const id = pathUuid(call, "volume_id");
  return found(call, localVolumes(call.world), { resource: "instance_volume", id });
}

function listVolumes(call: Call): Answer {
  const { query, world } = call;
  const rows = listed(call, localVolumes(world), [
    containing(query, "name", (row) => row.name),
    equal(query, "project_id", (row) => row.projectId, byProject),
    query.get("volume_type")?.startsWith("unknown_")
      ? undefined
      : equal(query, "volume_type", (row) => row.kind),
    among(query, "volume_ids", (row) => row.id),
    tagged(query),
  ]);
  const order = query.get("order_by") ?? "created_at_desc";
  return tokenPage(call, { key: "volumes", rows, order, view: (row) => viewVolume(world, row) });
}

function createVolume(call: Call): Answer {
  const body = call.body();
  const kind = choice(body, "volume_type", KINDS) ?? "l_ssd";
  const given = {
    name: required(body, "name"),
    zone: call.params.zone ?? "",
    projectId: projectOf(call, body),
    kind,
    size: newVolumeSize(call, { size: body.size, base_snapshot: uuid(body, "base_snapshot_id") }, kind),
    tags: texts(body, "tags") ?? [],
    serverId: null,
  };
  return json(200, viewVolume(call.world, createLocalVolume(call.world, given, call.now)));
}

function updateVolume(call: Call): Answer {
  return json(200, viewVolume(call.world, changeLocalVolume(call, volumeOf(call))));
}

function viewVolume(world: World, row: LocalVolumeRow): Record<string, unknown> {
  const state = localVolumeState(world, row);
  return {
    id: row.id,
    project_id: row.projectId,
    name: row.name,
    tags: row.tags,
    size: row.size,
    status: state === "deleting" ? "detaching" : state,
    volume_type: row.kind,
    created_at: zuluDate(row.createdAt),
    updated_at: zuluDate(row.modifiedAt),
    ...(row.serverId ? { server_id: row.serverId } : {}),
    zone: row.zone,
  };
}
