import { required, texts } from "../../http/body.ts";
import { headerPage } from "../../http/page.ts";
import { preconditionFailed, wrongState } from "../../http/refusal.ts";
import { json, noContent } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import { containing, equal, found, inPlace, listed, tagged } from "../listed.ts";
import { renamed } from "../named-row.ts";
import { byProject, inOrganization } from "../project.ts";
import { createSnapshot } from "./create-snapshot.ts";
import { fakeTask } from "./fake-task.ts";
import { bySnapshot, images } from "./image-rows.ts";
import { byBaseVolume, snapshots } from "./snapshot-rows.ts";
import type { SnapshotRow } from "./snapshot-rows.ts";
import { exportSnapshot } from "./snapshot-states.ts";
import { viewSnapshot } from "./snapshot-view.ts";

const SNAPSHOTS = "/instance/v1/zones/{zone}/snapshots";

/** Snapshots of local volumes; a block snapshot's id is unknown here. */
export function snapshotRoutes(): Route[] {
  const path = `${SNAPSHOTS}/{id}`;
  return [
    { operation: "listLocalSnapshots", method: "GET", path: SNAPSHOTS, handle: listSnapshots },
    { operation: "createLocalSnapshot", method: "POST", path: SNAPSHOTS, handle: createSnapshot },
    {
      operation: "getLocalSnapshot",
      method: "GET",
      path,
      handle: (call) => json(200, { snapshot: viewSnapshot(call.world, snapshotOf(call)) }),
    },
    { operation: "updateLocalSnapshot", method: "PATCH", path, handle: updateSnapshot },
    { operation: "setLocalSnapshot", method: "PUT", path, handle: setSnapshot },
    { operation: "deleteLocalSnapshot", method: "DELETE", path, handle: deleteSnapshot },
    { operation: "exportLocalSnapshot", method: "POST", path: `${path}/export`, handle: startExport },
  ];
}

function snapshotOf(call: Call): SnapshotRow {
  return found(call, snapshots(call.world), { resource: "instance_snapshot", id: call.params.id ?? "" });
}

function listSnapshots(call: Call): Answer {
  const { query, world } = call;
  const rows = listed(call, snapshots(world), [
    containing(query, "name", (row) => row.name),
    equal(query, "project", (row) => row.projectId, byProject),
    inOrganization(call),
    equal(query, "base_volume_id", (row) => row.baseVolume?.id ?? null, byBaseVolume),
    tagged(query),
  ]);
  return headerPage(call, {
    key: "snapshots",
    path: "/snapshots",
    rows,
    order: "creation_date_desc",
    view: (row) => viewSnapshot(world, row),
  });
}

function updateSnapshot(call: Call): Answer {
  return put(call, renamed(call, snapshotOf(call)));
}

/** Only what a PATCH could change is taken over: the rest of the body is how the snapshot was shown. */
function setSnapshot(call: Call): Answer {
  const row = renamed(call, snapshotOf(call));
  const body = call.body();
  return put(call, { ...row, name: required(body, "name"), tags: texts(body, "tags") ?? [] });
}

function put(call: Call, row: SnapshotRow): Answer {
  return json(200, { snapshot: viewSnapshot(call.world, snapshots(call.world).put(row, call.now)) });
}

function deleteSnapshot(call: Call): Answer {
  dropSnapshot(call, snapshotOf(call));
  return noContent();
}

/** Removes a snapshot that no image holds, or refuses to. */
export function dropSnapshot(call: Call, row: SnapshotRow): void {
  if (images(call.world).by(bySnapshot, inPlace(row.zone, row.id)).length > 0)
    throw preconditionFailed(400, "resource_still_in_use", "snapshot is used by an image");
  checkIdle(row);
  snapshots(call.world).remove(row.id, call.now);
}

/** Refuses what is still being made or sent somewhere. */
export function checkIdle(row: SnapshotRow): void {
  if (row.state !== "available") throw wrongState(`snapshot is ${row.state}`);
}

function startExport(call: Call): Answer {
  const row = snapshotOf(call);
  const body = call.body();
  const [bucket, key] = [required(body, "bucket"), required(body, "key")];
  checkIdle(row);
  exportSnapshot(call.world, row, { bucket, key }, call.now);
  const region = row.zone.replace(/-\d+$/, "");
  const task = fakeTask({
    from: `/snapshots/${row.id}/export`,
    result: `https://s3.${region}.scw.cloud/${bucket}/${key}`,
    zone: row.zone,
    at: call.now,
  });
  return json(202, { task });
}
