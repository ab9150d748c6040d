import { flag, integer, required, texts } from "../../http/body.ts";
import { bodyPage } from "../../http/page.ts";
import { invalidArgument, permissionsDenied, preconditionFailed } from "../../http/refusal.ts";
import { json, noContent } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import { pathUuid, requiredUuid } from "../../http/uuids.ts";
import { containing, equal, found, listed, placeOf, tagged } from "../listed.ts";
import { renamed } from "../named-row.ts";
import { byProject, inOrganization, projectOf } from "../project.ts";
import type { Catalog } from "../catalog.ts";
import { blockSnapshots, bySnapshotVolume } from "./rows.ts";
import type { BlockSnapshotRow } from "./rows.ts";
import { DURATIONS } from "../durations.ts";
import { exportToBucket } from "../object/export-to-bucket.ts";
import { createBlockSnapshot, exportBlockSnapshot, importBlockSnapshot } from "./snapshot-states.ts";
import { viewSnapshot } from "./snapshot-view.ts";
import { volumeOf } from "./volume-routes.ts";

/** What an object holds is not known here: it is taken for a disk of 1 GiB. */
const IMPORTED_BYTES = 2 ** 30;

export function snapshotRoutes(base: string, catalog: Catalog): Route[] {
  const path = `${base}/zones/{zone}/snapshots`;
  const one = `${path}/{id}`;
  const old = base.endsWith("v1alpha1");
  const theirs = new Set(catalog.images.map((image) => image.snapshotId));
  const snapshotOf = (call: Call): BlockSnapshotRow => {
    const id = pathUuid(call, "snapshot_id");
    // The snapshot under a public image exists, but belongs to somebody else.
    if (theirs.has(id)) throw permissionsDenied([{ action: "read", resource: "snapshot" }]);
    return found(call, blockSnapshots(call.world), { resource: "snapshot", id });
  };
  const answer = (call: Call, row: BlockSnapshotRow): Answer => json(200, viewSnapshot(call.world, row, old));
  const imported = (call: Call): Answer => answer(call, importSnapshot(call));
  return [
    { operation: "listSnapshots", method: "GET", path, handle: (call) => listSnapshots(call, old) },
    {
      operation: "createSnapshot",
      method: "POST",
      path,
      handle: (call) => answer(call, createSnapshot(call)),
    },
    {
      operation: "importSnapshotFromObjectStorage",
      method: "POST",
      path: `${path}/import-from-object-storage`,
      handle: imported,
    },
    { operation: "importSnapshotFromS3", method: "POST", path: `${path}/import-from-s3`, handle: imported },
    { operation: "getSnapshot", method: "GET", path: one, handle: (call) => answer(call, snapshotOf(call)) },
    {
      operation: "updateSnapshot",
      method: "PATCH",
      path: one,
      handle: (call) => answer(call, updateSnapshot(call, snapshotOf(call))),
    },
    {
      operation: "deleteSnapshot",
      method: "DELETE",
      path: one,
      handle: (call) => deleteSnapshot(call, snapshotOf(call)),
    },
    {
      operation: "exportSnapshotToObjectStorage",
      method: "POST",
      path: `${one}/export-to-object-storage`,
      handle: (call) => answer(call, startExport(call, snapshotOf(call))),
    },
  ];
}

function listSnapshots(call: Call, old: boolean): Answer {
  const { query, world } = call;
  const rows = listed(call, blockSnapshots(world), [
    containing(query, "name", (row) => row.name),
    equal(query, "project_id", (row) => row.projectId, byProject),
    inOrganization(call),
    equal(query, "volume_id", (row) => row.volumeId, bySnapshotVolume),
    tagged(query),
  ]);
  return bodyPage(call, {
    key: "snapshots",
    rows,
    order: query.get("order_by") ?? "created_at_asc",
    view: (row) => viewSnapshot(world, row, old),
  });
}

function createSnapshot(call: Call): BlockSnapshotRow {
  const body = call.body();
  const given = {
    name: required(body, "name"),
    projectId: projectOf(call, body),
    tags: texts(body, "tags") ?? [],
    public: flag(body, "public", false),
  };
  const row = createBlockSnapshot(
    call.world,
    given,
    volumeOf(call, requiredUuid(body, "volume_id")),
    call.now,
  );
  // What copies shows only from the next read on.
  return { ...row, copying: null };
}

function importSnapshot(call: Call): BlockSnapshotRow {
  const body = call.body();
  required(body, "bucket");
  required(body, "key");
  const size = integer(body, "size") ?? IMPORTED_BYTES;
  if (size <= 0) throw invalidArgument("size", "constraint", "must be positive");
  const given = {
    name: required(body, "name"),
    zone: placeOf(call),
    projectId: projectOf(call, body),
    tags: texts(body, "tags") ?? [],
    public: false,
    size,
  };
  return importBlockSnapshot(call.world, given, call.now);
}

function updateSnapshot(call: Call, row: BlockSnapshotRow): BlockSnapshotRow {
  return blockSnapshots(call.world).put(renamed(call, row), call.now);
}

function deleteSnapshot(call: Call, row: BlockSnapshotRow): Answer {
  if (row.links.length > 0)
    throw preconditionFailed(412, "resource_still_in_use", "snapshot is used by an image");
  if (row.status === "exporting")
    throw preconditionFailed(412, "resource_still_in_use", "snapshot is being exported");
  blockSnapshots(call.world).remove(row.id, call.now);
  return noContent();
}

function startExport(call: Call, row: BlockSnapshotRow): BlockSnapshotRow {
  const body = call.body();
  const [bucket, key] = [required(body, "bucket"), required(body, "key")];
  if (row.status !== "available")
    throw preconditionFailed(412, "resource_not_usable", `snapshot is ${row.status}`);
  const way = { size: row.size, from: call.now, span: DURATIONS.snapshotExport };
  exportToBucket(call.world, { bucket, key, ...way });
  return exportBlockSnapshot(call.world, row, call.now);
}
