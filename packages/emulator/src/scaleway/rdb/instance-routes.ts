import { flag, integer, record, text, texts } from "../../http/body.ts";
import type { Body } from "../../http/body.ts";
import { bodyPage } from "../../http/page.ts";
import { transientState } from "../../http/refusal.ts";
import { json, noContent } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import { containing, equal, listed, placeOf, tagged } from "../listed.ts";
import { byProject, inOrganization } from "../project.ts";
import { CERTIFICATE } from "./certificate.ts";
import { createInstance } from "./create-instance.ts";
import { viewEngines } from "./engines.ts";
import { foundInstance, putInstance, readyInstance } from "./found-instance.ts";
import { changeInstance, deleteInstance } from "./instance-states.ts";
import { viewInstance } from "./instance-view.ts";
import { NODE_TYPES, viewNodeType } from "./node-types.ts";
import { instances } from "./rows.ts";
import type { InstanceRow } from "./rows.ts";
import { upgradeInstance } from "./upgrade-instance.ts";

const REGION = "/rdb/v1/regions/{region}";
export const INSTANCES = `${REGION}/instances`;

export function instanceRoutes(): Route[] {
  const path = `${INSTANCES}/{id}`;
  return [
    { operation: "listDatabaseInstances", method: "GET", path: INSTANCES, handle: listInstances },
    { operation: "createDatabaseInstance", method: "POST", path: INSTANCES, handle: createInstance },
    {
      operation: "getDatabaseInstance",
      method: "GET",
      path,
      handle: (call) => answer(call, foundInstance(call)),
    },
    { operation: "updateDatabaseInstance", method: "PATCH", path, handle: updateInstance },
    { operation: "deleteDatabaseInstance", method: "DELETE", path, handle: endInstance },
    {
      operation: "upgradeDatabaseInstance",
      method: "POST",
      path: `${path}/upgrade`,
      handle: upgradeInstance,
    },
    { operation: "getDatabaseCertificate", method: "GET", path: `${path}/certificate`, handle: certificate },
    {
      operation: "renewDatabaseCertificate",
      method: "POST",
      path: `${path}/renew-certificate`,
      handle(call) {
        readyInstance(call);
        return noContent();
      },
    },
    {
      operation: "listDatabaseEngines",
      method: "GET",
      path: `${REGION}/database-engines`,
      handle: listEngines,
    },
    {
      operation: "listDatabaseNodeTypes",
      method: "GET",
      path: `${REGION}/node-types`,
      handle: listNodeTypes,
    },
  ];
}

function answer(call: Call, row: InstanceRow): Answer {
  return json(200, viewInstance(call.world, row));
}

function listInstances(call: Call): Answer {
  const { query, world } = call;
  const rows = listed(call, instances(world), [
    containing(query, "name", (row) => row.name),
    equal(query, "project_id", (row) => row.projectId, byProject),
    inOrganization(call),
    tagged(query),
  ]);
  const order = query.get("order_by") ?? "created_at_asc";
  return bodyPage(call, { key: "instances", rows, order, view: (row) => viewInstance(world, row) });
}

/** Only a new policy for logs takes time. */
function updateInstance(call: Call): Answer {
  const { world, now } = call;
  const row = readyInstance(call);
  const body = call.body();
  const logs = record(body, "logs_policy");
  const next = putInstance(call, row, {
    name: text(body, "name") ?? row.name,
    tags: texts(body, "tags") ?? row.tags,
    backup: backupOf(row, body),
    backupSameRegion: flag(body, "backup_same_region", row.backupSameRegion),
    logs: logs
      ? {
          maxAge: integer(logs, "max_age_retention") ?? row.logs.maxAge,
          totalDisk: integer(logs, "total_disk_retention") ?? row.logs.totalDisk,
        }
      : row.logs,
  });
  return answer(call, logs ? changeInstance(world, next, { status: "configuring" }, now) : next);
}

function backupOf({ backup }: InstanceRow, body: Body): InstanceRow["backup"] {
  return {
    disabled: flag(body, "is_backup_schedule_disabled", backup.disabled),
    frequency: integer(body, "backup_schedule_frequency") ?? backup.frequency,
    retention: integer(body, "backup_schedule_retention") ?? backup.retention,
  };
}

/** Legal in every state but the last. */
function endInstance(call: Call): Answer {
  const row = foundInstance(call);
  if (row.status === "deleting") throw transientState("instance", row.id, row.status);
  return answer(call, deleteInstance(call.world, row, call.now));
}

function certificate(call: Call): Answer {
  foundInstance(call);
  const content = Buffer.from(CERTIFICATE).toString("base64");
  return json(200, { name: "ssl_certificate", content_type: "application/x-pem-file", content });
}

function listEngines(call: Call): Answer {
  const { query } = call;
  const name = query.get("name");
  const engines = viewEngines(placeOf(call)).filter((one) => name === null || one["name"] === name);
  return bodyPage(call, { key: "engines", rows: engines, view: (one) => one });
}

function listNodeTypes(call: Call): Answer {
  const view = (type: (typeof NODE_TYPES)[number]) => viewNodeType(type, placeOf(call));
  return bodyPage(call, { key: "node_types", rows: NODE_TYPES, view });
}
