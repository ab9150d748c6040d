import { record, required, text } from "../../http/body.ts";
import { bodyPage } from "../../http/page.ts";
import { json } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import { equal, listed } from "../listed.ts";
import { foundThing } from "./found-thing.ts";
import { foundFunction } from "./function-routes.ts";
import { begin, end } from "./function-states.ts";
import { crons } from "./rows.ts";
import type { CronRow } from "./rows.ts";

const CRONS = "/functions/v1beta1/regions/{region}/crons";

/** When functions are to be called; nothing calls them. */
export function cronRoutes(): Route[] {
  const path = `${CRONS}/{id}`;
  return [
    { operation: "listFunctionCrons", method: "GET", path: CRONS, handle: listCrons },
    { operation: "createFunctionCron", method: "POST", path: CRONS, handle: createCron },
    { operation: "getFunctionCron", method: "GET", path, handle: (call) => json(200, view(cronOf(call))) },
    { operation: "updateFunctionCron", method: "PATCH", path, handle: updateCron },
    {
      operation: "deleteFunctionCron",
      method: "DELETE",
      path,
      handle: (call) => json(200, view(end(call.world, "functionCron", cronOf(call), call.now))),
    },
  ];
}

function cronOf(call: Call): CronRow {
  return foundThing(call, crons(call.world), "Cron");
}

function listCrons(call: Call): Answer {
  const rows = listed(call, crons(call.world), [equal(call.query, "function_id", (row) => row.functionId)]);
  return bodyPage(call, { key: "crons", rows, order: call.query.get("order_by") ?? "created_at_asc", view });
}

function createCron(call: Call): Answer {
  const { world, now } = call;
  const body = call.body();
  const id = world.random.uuid();
  const of = foundFunction(call, required(body, "function_id"));
  const row: CronRow = {
    id,
    name: text(body, "name") || `cron-${id.slice(0, 8)}`,
    zone: of.zone,
    tags: [],
    createdAt: now,
    modifiedAt: now,
    functionId: of.id,
    schedule: required(body, "schedule"),
    args: record(body, "args") ?? {},
    status: "pending",
    epoch: 0,
  };
  return json(200, view(begin(world, "functionCron", row, now)));
}

function updateCron(call: Call): Answer {
  const row = cronOf(call);
  const body = call.body();
  const next: CronRow = {
    ...row,
    name: text(body, "name") ?? row.name,
    schedule: text(body, "schedule") ?? row.schedule,
    args: record(body, "args") ?? row.args,
    status: "pending",
  };
  return json(200, view(begin(call.world, "functionCron", next, call.now)));
}

function view({ id, functionId, schedule, args, status, name }: CronRow): Record<string, unknown> {
  return { id, function_id: functionId, schedule, args, status, name };
}
