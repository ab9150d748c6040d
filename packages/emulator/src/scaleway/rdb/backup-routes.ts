import { required, text } from "../../http/body.ts";
import { bodyPage } from "../../http/page.ts";
import { notFound, transientState } from "../../http/refusal.ts";
import { json } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import { pathUuid, requiredUuid } from "../../http/uuids.ts";
import { zuluDate } from "../dates.ts";
import { equal, found, listed } from "../listed.ts";
import { byProject, inOrganization } from "../project.ts";
import { moveBackup } from "./copy-states.ts";
import { expiryOf } from "./expiry-of.ts";
import { readyInstance } from "./found-instance.ts";
import { backups } from "./rows.ts";
import type { BackupRow } from "./rows.ts";

const BACKUPS = "/rdb/v1/regions/{region}/backups";

/** Of single databases. */
export function backupRoutes(): Route[] {
  const path = `${BACKUPS}/{id}`;
  return [
    { operation: "listDatabaseBackups", method: "GET", path: BACKUPS, handle: listBackups },
    { operation: "createDatabaseBackup", method: "POST", path: BACKUPS, handle: create },
    {
      operation: "getDatabaseBackup",
      method: "GET",
      path,
      handle: (call) => json(200, view(backupOf(call))),
    },
    { operation: "updateDatabaseBackup", method: "PATCH", path, handle: update },
    { operation: "deleteDatabaseBackup", method: "DELETE", path, handle: remove },
    {
      operation: "exportDatabaseBackup",
      method: "POST",
      path: `${path}/export`,
      handle: (call) => json(200, view(moveBackup(call.world, readyBackup(call), "exporting", call.now))),
    },
    { operation: "restoreDatabaseBackup", method: "POST", path: `${path}/restore`, handle: restore },
  ];
}

function backupOf(call: Call): BackupRow {
  const id = pathUuid(call, "database_backup_id");
  return found(call, backups(call.world), { resource: "database_backup", id });
}

function readyBackup(call: Call): BackupRow {
  const row = backupOf(call);
  if (row.status !== "ready") throw transientState("database_backup", row.id, row.status);
  return row;
}

function listBackups(call: Call): Answer {
  const { query, world } = call;
  const rows = listed(call, backups(world), [
    equal(query, "name", (row) => row.name),
    equal(query, "instance_id", (row) => row.instanceId),
    equal(query, "project_id", (row) => row.projectId, byProject),
    inOrganization(call),
  ]);
  const order = query.get("order_by") ?? "created_at_asc";
  return bodyPage(call, { key: "database_backups", rows, order, view });
}

function create(call: Call): Answer {
  const { world, now } = call;
  const body = call.body();
  const name = required(body, "name");
  const from = readyInstance(call, requiredUuid(body, "instance_id"));
  const databaseName = required(body, "database_name");
  if (!from.databases.some((one) => one.name === databaseName)) throw notFound("database", databaseName);
  const row: BackupRow = {
    id: world.random.uuid(),
    name,
    zone: from.zone,
    tags: [],
    createdAt: now,
    modifiedAt: null,
    projectId: from.projectId,
    instanceId: from.id,
    instanceName: from.name,
    expiresAt: expiryOf(body) ?? null,
    size: null,
    status: "creating",
    epoch: 0,
    databaseName,
    sameRegion: from.backupSameRegion,
    downloadUrl: null,
    downloadExpiresAt: null,
  };
  return json(200, view(moveBackup(world, row, "creating", now)));
}

function update(call: Call): Answer {
  const row = backupOf(call);
  const body = call.body();
  const expiresAt = expiryOf(body) ?? row.expiresAt;
  const next = { ...row, name: text(body, "name") ?? row.name, expiresAt, modifiedAt: call.now };
  return json(200, view(backups(call.world).put(next, call.now)));
}

function remove(call: Call): Answer {
  const row = backupOf(call);
  if (row.status === "deleting") throw transientState("database_backup", row.id, row.status);
  return json(200, view(moveBackup(call.world, { ...row, modifiedAt: call.now }, "deleting", call.now)));
}

/** Into an instance that is there; the data themselves are not kept. */
function restore(call: Call): Answer {
  const row = readyBackup(call);
  readyInstance(call, requiredUuid(call.body(), "instance_id"));
  return json(200, view(moveBackup(call.world, row, "restoring", call.now)));
}

function view(row: BackupRow): Record<string, unknown> {
  const date = (at: number | null): string | null => (at === null ? null : zuluDate(at));
  return {
    id: row.id,
    instance_id: row.instanceId,
    instance_name: row.instanceName,
    database_name: row.databaseName,
    name: row.name,
    status: row.status,
    size: row.size,
    same_region: row.sameRegion,
    download_url: row.downloadUrl,
    download_url_expires_at: date(row.downloadExpiresAt),
    expires_at: date(row.expiresAt),
    created_at: zuluDate(row.createdAt),
    updated_at: date(row.modifiedAt),
    region: row.zone,
  };
}
