import { flag, required, text } from "../../http/body.ts";
import { bodyPage } from "../../http/page.ts";
import { transientState } from "../../http/refusal.ts";
import { json } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import { pathUuid } from "../../http/uuids.ts";
import { zuluDate } from "../dates.ts";
import { equal, found, listed } from "../listed.ts";
import { byProject, inOrganization } from "../project.ts";
import { moveSnapshot } from "./copy-states.ts";
import { newInstance, nodeTypeOf } from "./create-instance.ts";
import { expiryOf } from "./expiry-of.ts";
import { readyInstance } from "./found-instance.ts";
import { INSTANCES } from "./instance-routes.ts";
import { classOf, viewInstance } from "./instance-view.ts";
import { snapshots } from "./rows.ts";
import type { SnapshotRow } from "./rows.ts";

const SNAPSHOTS = "/rdb/v1/regions/{region}/snapshots";

/** Of whole instances. */
export function rdbSnapshotRoutes(): Route[] {
  const path = `${SNAPSHOTS}/{id}`;
  return [
    { operation: "listRdbSnapshots", method: "GET", path: SNAPSHOTS, handle: listSnapshots },
    { operation: "createRdbSnapshot", method: "POST", path: `${INSTANCES}/{id}/snapshots`, handle: create },
    { operation: "getRdbSnapshot", method: "GET", path, handle: (call) => json(200, view(snapshotOf(call))) },
    { operation: "updateRdbSnapshot", method: "PATCH", path, handle: update },
    { operation: "deleteRdbSnapshot", method: "DELETE", path, handle: remove },
    {
      operation: "createInstanceFromSnapshot",
      method: "POST",
      path: `${path}/create-instance`,
      handle: instanceFrom,
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
    equal(query, "name", (row) => row.name),
    equal(query, "instance_id", (row) => row.instanceId),
    equal(query, "project_id", (row) => row.projectId, byProject),
    inOrganization(call),
  ]);
  return bodyPage(call, { key: "snapshots", rows, order: query.get("order_by") ?? "created_at_asc", view });
}

function create(call: Call): Answer {
  const { world, now } = call;
  const from = readyInstance(call);
  const body = call.body();
  const { tags, engine, nodeType, volume, settings, initSettings, users, databases, privileges } = from;
  const row: SnapshotRow = {
    id: world.random.uuid(),
    name: required(body, "name"),
    zone: from.zone,
    tags: [],
    createdAt: now,
    modifiedAt: null,
    projectId: from.projectId,
    instanceId: from.id,
    instanceName: from.name,
    // Without a date of its own the API shows that of its making, and it stays.
    expiresAt: expiryOf(body) ?? now,
    size: null,
    status: "creating",
    epoch: 0,
    of: { tags, engine, nodeType, volume, settings, initSettings, users, databases, privileges },
  };
  return json(200, view(moveSnapshot(world, row, "creating", now)));
}

function update(call: Call): Answer {
  const row = snapshotOf(call);
  const body = call.body();
  const expiresAt = expiryOf(body) ?? row.expiresAt;
  const next = { ...row, name: text(body, "name") ?? row.name, expiresAt, modifiedAt: call.now };
  return json(200, view(snapshots(call.world).put(next, call.now)));
}

function remove(call: Call): Answer {
  const row = snapshotOf(call);
  if (row.status === "deleting") throw transientState("instance_snapshot", row.id, row.status);
  return json(200, view(moveSnapshot(call.world, row, "deleting", call.now)));
}

function instanceFrom(call: Call): Answer {
  const { of, projectId, ...row } = snapshotOf(call);
  if (row.status !== "ready") throw transientState("instance_snapshot", row.id, row.status);
  const body = call.body();
  const node = text(body, "node_type");
  const made = newInstance(call, {
    ...of,
    projectId,
    name: required(body, "instance_name"),
    nodeType: node ? nodeTypeOf(node).name : of.nodeType,
    isHa: flag(body, "is_ha_cluster", false),
    backup: { disabled: true, frequency: 24, retention: 7 },
    backupSameRegion: false,
    encrypted: false,
    pending: { addsPublicEndpoint: true },
  });
  return json(200, viewInstance(call.world, made));
}

function view(row: SnapshotRow): Record<string, unknown> {
  const { type } = row.of.volume;
  return {
    id: row.id,
    instance_id: row.instanceId,
    instance_name: row.instanceName,
    name: row.name,
    status: row.status,
    size: row.size,
    node_type: row.of.nodeType,
    volume_type: { type, class: classOf(type) },
    created_at: zuluDate(row.createdAt),
    updated_at: row.modifiedAt === null ? null : zuluDate(row.modifiedAt),
    expires_at: row.expiresAt === null ? null : zuluDate(row.expiresAt),
    region: row.zone,
  };
}
