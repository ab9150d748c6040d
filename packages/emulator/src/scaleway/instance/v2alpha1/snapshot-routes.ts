import { required, texts } from "../../../http/body.ts";
import type { Body } from "../../../http/body.ts";
import { json, noContent } from "../../../http/route.ts";
import type { Answer, Call, Route } from "../../../http/route.ts";
import { pathUuid, requiredUuid } from "../../../http/uuids.ts";
import { zuluDate } from "../../dates.ts";
import { among, containing, equal, found, listed, placeOf, tagged } from "../../listed.ts";
import { renamed } from "../../named-row.ts";
import { byProject, projectOf } from "../../project.ts";
import { bucketBytes, keepableVolume } from "../create-snapshot.ts";
import { checkIdle, dropSnapshot } from "../snapshot-routes.ts";
import { byBaseVolume, snapshots } from "../snapshot-rows.ts";
import type { SnapshotRow } from "../snapshot-rows.ts";
import { exportSnapshot, importSnapshot, snapshotVolume } from "../snapshot-states.ts";
import { tokenPage } from "./token-page.ts";

const SNAPSHOTS = "/instance/v2alpha1/zones/{zone}/snapshots";

/** Snapshots of local volumes. */
export function snapshotRoutes(): Route[] {
  const one = `${SNAPSHOTS}/{id}`;
  return [
    { operation: "listLocalSnapshots", method: "GET", path: SNAPSHOTS, handle: listSnapshots },
    { operation: "createLocalSnapshot", method: "POST", path: SNAPSHOTS, handle: createSnapshot },
    {
      operation: "getLocalSnapshot",
      method: "GET",
      path: one,
      handle: (call) => json(200, viewSnapshot(snapshotOf(call))),
    },
    { operation: "updateLocalSnapshot", method: "PATCH", path: one, handle: updateSnapshot },
    {
      operation: "deleteLocalSnapshot",
      method: "DELETE",
      path: one,
      handle(call) {
        dropSnapshot(call, snapshotOf(call));
        return noContent();
      },
    },
    {
      operation: "importSnapshotFromObjectStorage",
      method: "POST",
      path: `${SNAPSHOTS}/import-from-object-storage`,
      handle: startImport,
    },
    {
      operation: "exportSnapshotToObjectStorage",
      method: "POST",
      path: `${one}/export-to-object-storage`,
      handle: startExport,
    },
  ];
}

function snapshotOf(call: Call): SnapshotRow {
  const id = pathUuid(call, "snapshot_id");
  return found(call, snapshots(call.world), { resource: "instance_snapshot", id });
}

function listSnapshots(call: Call): Answer {
  const { query, world } = call;
  const rows = listed(call, snapshots(world), [
    containing(query, "name", (row) => row.name),
    equal(query, "project_id", (row) => row.projectId, byProject),
    equal(query, "base_volume_id", (row) => row.baseVolume?.id ?? null, byBaseVolume),
    among(query, "snapshot_ids", (row) => row.id),
    tagged(query),
  ]);
  const order = query.get("order_by") ?? "created_at_desc";
  return tokenPage(call, { key: "snapshots", rows, order, view: viewSnapshot });
}

function createSnapshot(call: Call): Answer {
  const body = call.body();
  const given = givenOf(call, body);
  const volume = keepableVolume(call, requiredUuid(body, "base_volume_id"));
  return json(200, viewSnapshot(snapshotVolume(call.world, given, volume, call.now)));
}

function updateSnapshot(call: Call): Answer {
  return json(200, viewSnapshot(snapshots(call.world).put(renamed(call, snapshotOf(call)), call.now)));
}

function startImport(call: Call): Answer {
  const body = call.body();
  const given = givenOf(call, body);
  required(body, "bucket");
  required(body, "object_key");
  return json(200, viewSnapshot(importSnapshot(call.world, given, bucketBytes(body), call.now)));
}

function startExport(call: Call): Answer {
  const row = snapshotOf(call);
  const body = call.body();
  const [bucket, key] = [required(body, "bucket"), required(body, "object_key")];
  checkIdle(row);
  exportSnapshot(call.world, row, { bucket, key }, call.now);
  return json(200, viewSnapshot(snapshotOf(call)));
}

function givenOf(call: Call, body: Body): Pick<SnapshotRow, "name" | "zone" | "tags" | "projectId"> {
  const projectId = projectOf(call, body);
  return { name: required(body, "name"), zone: placeOf(call), tags: texts(body, "tags") ?? [], projectId };
}

/** What v1 calls importing or snapshotting is creating here. */
function viewSnapshot(row: SnapshotRow): Record<string, unknown> {
  const isSettled = row.state === "available" || row.state === "exporting";
  return {
    id: row.id,
    project_id: row.projectId,
    name: row.name,
    tags: row.tags,
    size: row.size,
    status: isSettled ? row.state : "creating",
    ...(row.baseVolume ? { base_volume_id: row.baseVolume.id } : {}),
    volume_type: "l_ssd",
    created_at: zuluDate(row.createdAt),
    updated_at: zuluDate(row.modifiedAt),
    zone: row.zone,
    public: false,
  };
}
