import { integer, record, required, text, texts } from "../../http/body.ts";
import type { Body } from "../../http/body.ts";
import { bodyPage } from "../../http/page.ts";
import { transientState } from "../../http/refusal.ts";
import { json } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import type { World } from "../../world.ts";
import { zuluDate } from "../dates.ts";
import { equal, listed } from "../listed.ts";
import { foundThing } from "./found-thing.ts";
import { begin, end } from "./function-states.ts";
import { foundNamespace } from "./namespace-routes.ts";
import { functions, namespaces } from "./rows.ts";
import type { FunctionRow } from "./rows.ts";
import { secretsOf, viewSecrets } from "./secrets-of.ts";

const FUNCTIONS = "/functions/v1beta1/regions/{region}/functions";

/** Functions as objects: no code is taken, and none runs. */
export function functionRoutes(): Route[] {
  const path = `${FUNCTIONS}/{id}`;
  return [
    { operation: "listFunctions", method: "GET", path: FUNCTIONS, handle: listFunctions },
    { operation: "createFunction", method: "POST", path: FUNCTIONS, handle: createFunction },
    { operation: "getFunction", method: "GET", path, handle: (call) => answer(call, foundFunction(call)) },
    { operation: "updateFunction", method: "PATCH", path, handle: updateFunction },
    {
      operation: "deployFunction",
      method: "POST",
      path: `${path}/deploy`,
      handle: (call) => answer(call, deploy(call, foundFunction(call))),
    },
    {
      operation: "deleteFunction",
      method: "DELETE",
      path,
      handle: (call) => answer(call, end(call.world, "function", foundFunction(call), call.now)),
    },
    { operation: "getFunctionUploadURL", method: "GET", path: `${path}/upload-url`, handle: uploadUrl },
  ];
}

/** The function of that id, by default the one that the path names. */
export function foundFunction(call: Call, id?: string): FunctionRow {
  return foundThing(call, functions(call.world), "Function", id);
}

function answer(call: Call, row: FunctionRow): Answer {
  return json(200, view(call.world, row));
}

function listFunctions(call: Call): Answer {
  const { query, world } = call;
  const rows = listed(call, functions(world), [
    equal(query, "name", (row) => row.name),
    equal(query, "namespace_id", (row) => row.namespaceId),
  ]);
  const order = query.get("order_by") ?? "created_at_asc";
  return bodyPage(call, { key: "functions", rows, order, view: (row) => view(world, row) });
}

function createFunction(call: Call): Answer {
  const { world, now } = call;
  const body = call.body();
  const namespace = foundNamespace(call, required(body, "namespace_id"));
  if (namespace.status !== "ready") throw transientState("namespace", namespace.id, namespace.status);
  const row: FunctionRow = {
    id: world.random.uuid(),
    name: required(body, "name"),
    zone: namespace.zone,
    tags: texts(body, "tags") ?? [],
    createdAt: now,
    modifiedAt: now,
    namespaceId: namespace.id,
    description: text(body, "description") ?? "",
    environment: record(body, "environment_variables") ?? {},
    secrets: secretsOf(world, body),
    status: "created",
    settings: settingsOf(body, DEFAULTS),
    hasCode: false,
    epoch: 0,
  };
  return answer(call, functions(world).put(row, now));
}

const DEFAULTS: Body = {
  min_scale: 0,
  max_scale: 20,
  runtime: "unknown_runtime",
  memory_limit: 256,
  timeout: "300s",
  handler: "",
  privacy: "public",
  http_option: "enabled",
  sandbox: "v2",
  private_network_id: null,
};

/** What the caller leaves out, or calls unknown, stays. */
function settingsOf(body: Body, before: Body): Body {
  const word = (name: string): unknown => {
    const given = text(body, name) || undefined;
    return given === undefined || given.startsWith("unknown_") ? before[name] : given;
  };
  const number = (name: string): unknown => integer(body, name) ?? before[name];
  return {
    ...Object.fromEntries(["min_scale", "max_scale", "memory_limit"].map((name) => [name, number(name)])),
    ...Object.fromEntries(
      ["runtime", "timeout", "handler", "privacy", "http_option", "sandbox", "private_network_id"].map(
        (name) => [name, word(name)],
      ),
    ),
  };
}

function updateFunction(call: Call): Answer {
  const row = foundFunction(call);
  const body = call.body();
  return answer(
    call,
    deploy(call, {
      ...row,
      tags: texts(body, "tags") ?? row.tags,
      description: text(body, "description") ?? row.description,
      environment: record(body, "environment_variables") ?? row.environment,
      secrets: secretsOf(call.world, body, row.secrets),
      settings: settingsOf(body, row.settings),
    }),
  );
}

function deploy({ world, now }: Call, row: FunctionRow): FunctionRow {
  if (row.status === "deleting") throw transientState("function", row.id, row.status);
  return begin(world, "function", { ...row, status: "pending" }, now);
}

function uploadUrl(call: Call): Answer {
  const row = foundFunction(call);
  functions(call.world).put({ ...row, hasCode: true }, call.now);
  const url = `https://s3.${row.zone}.scw.cloud/functions/uploads/function-${row.id}.zip`;
  const length = call.query.get("content_length") ?? "0";
  return json(200, {
    url,
    headers: { "content-length": [length], "content-type": ["application/octet-stream"] },
  });
}

/** A share of a processor for so many MB, in thousandths. */
const MCPU_PER_MB = 140 / 256;

function view(world: World, row: FunctionRow): Record<string, unknown> {
  const slug = namespaces(world).get(row.namespaceId)?.slug ?? "";
  const { zone, status, settings } = row;
  return {
    id: row.id,
    name: row.name,
    namespace_id: row.namespaceId,
    status,
    environment_variables: row.environment,
    ...settings,
    cpu_limit: Math.round(Number(settings["memory_limit"]) * MCPU_PER_MB),
    error_message: status === "error" ? "internal error" : null,
    build_message: null,
    runtime_message: "",
    description: row.description,
    domain_name: `${slug}-${row.name}.functions.fnc.${zone}.scw.cloud`,
    secret_environment_variables: viewSecrets(row.secrets),
    region: zone,
    tags: row.tags,
    ready_at: status === "ready" ? zuluDate(row.modifiedAt) : null,
    created_at: zuluDate(row.createdAt),
    updated_at: zuluDate(row.modifiedAt),
  };
}
