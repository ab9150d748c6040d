import { flag, required, text, texts } from "../../http/body.ts";
import { bodyPage } from "../../http/page.ts";
import { permissionsDenied } from "../../http/refusal.ts";
import { json, noContent } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import type { World } from "../../world.ts";
import { zuluDate } from "../dates.ts";
import { containing, equal, found, listed, tagged } from "../listed.ts";
import { byProject } from "../instance/rows.ts";
import { projectOf } from "../project.ts";
import type { Catalog } from "../catalog.ts";
import { blockSnapshots, blockVolumes } from "./rows.ts";
import type { BlockSnapshotRow } from "./rows.ts";
import { volumeOf } from "./volume-routes.ts";
import { createBlockSnapshot } from "./volume-states.ts";

export function snapshotRoutes(base: string, catalog: Catalog): Route[] {
  const path = `${base}/zones/{zone}/snapshots`;
  const theirs = new Set(catalog.images.map((image) => image.snapshotId));
  const snapshotOf = (call: Call): BlockSnapshotRow => {
    const id = call.params.id ?? "";
    // The snapshot under a public image exists, but belongs to somebody else.
    if (theirs.has(id)) throw permissionsDenied([{ action: "read", resource: "snapshot" }]);
    return found(call, blockSnapshots(call.world), { resource: "snapshot", id });
  };
  return [
    { operation: "listSnapshots", method: "GET", path, handle: listSnapshots },
    { operation: "createSnapshot", method: "POST", path, handle: createSnapshot },
    {
      operation: "getSnapshot",
      method: "GET",
      path: `${path}/{id}`,
      handle: (call) => json(200, viewSnapshot(call.world, snapshotOf(call))),
    },
    {
      operation: "updateSnapshot",
      method: "PATCH",
      path: `${path}/{id}`,
      handle(call) {
        const row = snapshotOf(call);
        const body = call.body();
        const next = { ...row, name: text(body, "name") ?? row.name, tags: texts(body, "tags") ?? row.tags };
        return json(200, viewSnapshot(call.world, blockSnapshots(call.world).put(next, call.now)));
      },
    },
    {
      operation: "deleteSnapshot",
      method: "DELETE",
      path: `${path}/{id}`,
      handle(call) {
        blockSnapshots(call.world).remove(snapshotOf(call).id, call.now);
        return noContent();
      },
    },
  ];
}

function listSnapshots(call: Call): Answer {
  const { query, world } = call;
  const rows = listed(call, blockSnapshots(world), [
    containing(query, "name", (row) => row.name),
    equal(query, "project_id", (row) => row.projectId, byProject),
    equal(query, "volume_id", (row) => row.volumeId),
    tagged(query),
  ]);
  return bodyPage(call, {
    key: "snapshots",
    rows,
    order: query.get("order_by") ?? "created_at_asc",
    view: (row) => viewSnapshot(world, row),
  });
}

function createSnapshot(call: Call): Answer {
  const body = call.body();
  const given = {
    name: required(body, "name"),
    projectId: projectOf(call, body),
    tags: texts(body, "tags") ?? [],
    public: flag(body, "public", false),
  };
  const volume = volumeOf(call, required(body, "volume_id"));
  return json(200, viewSnapshot(call.world, createBlockSnapshot(call.world, given, volume, call.now)));
}

function viewSnapshot(world: World, row: BlockSnapshotRow): Record<string, unknown> {
  const parent = blockVolumes(world).get(row.volumeId);
  return {
    id: row.id,
    name: row.name,
    parent_volume: {
      id: row.volumeId,
      name: parent?.name ?? row.volumeName,
      type: row.volumeType,
      status: parent?.status ?? "deleted",
    },
    size: row.size,
    project_id: row.projectId,
    created_at: zuluDate(row.createdAt),
    updated_at: zuluDate(row.modifiedAt),
    references: [],
    status: row.status,
    tags: row.tags,
    class: "sbs",
    public: row.public,
    zone: row.zone,
  };
}
