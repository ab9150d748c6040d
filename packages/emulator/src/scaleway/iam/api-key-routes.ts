import { required, text } from "../../http/body.ts";
import type { Body } from "../../http/body.ts";
import { bodyPage } from "../../http/page.ts";
import { invalidArgument, notFound } from "../../http/refusal.ts";
import { json, noContent } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import type { World } from "../../world.ts";
import { zuluDate } from "../dates.ts";
import { among, containing, equal, flagged, listed } from "../listed.ts";
import { orderOf } from "./conditions.ts";
import { ownerId, userOf } from "./owner.ts";
import { apiKeys, applications } from "./rows.ts";
import type { ApiKeyRow, Bearer } from "./rows.ts";

const KEYS = "/iam/v1alpha1/api-keys";
const MADE_AT = Date.UTC(2026, 0, 1);
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/** Keys to the cloud. That with which a caller comes exists, though nobody made it here: it is the owner's. */
export function apiKeyRoutes(): Route[] {
  const path = `${KEYS}/{accessKey}`;
  return [
    { operation: "listAPIKeys", method: "GET", path: KEYS, handle: listKeys },
    { operation: "createAPIKey", method: "POST", path: KEYS, handle: createKey },
    { operation: "getAPIKey", method: "GET", path, handle: (call) => json(200, viewKey(keyOf(call))) },
    { operation: "updateAPIKey", method: "PATCH", path, handle: updateKey },
    { operation: "deleteAPIKey", method: "DELETE", path, handle: deleteKey },
  ];
}

function keyOf(call: Call): ApiKeyRow {
  const { accessKey = "" } = call.params;
  const keys = apiKeys(call.world);
  const known = keys.get(accessKey);
  if (known) return known;
  const isGone = keys.gone().some(({ row }) => row.id === accessKey);
  if (isGone || !/^SCW[A-Z0-9]{17}$/.test(accessKey)) throw notFound("access_key", accessKey);
  return callersKey(call.world, accessKey);
}

function callersKey(world: World, accessKey: string): ApiKeyRow {
  return {
    id: accessKey,
    name: "mayfly",
    zone: "",
    tags: [],
    createdAt: MADE_AT,
    modifiedAt: MADE_AT,
    bearer: { type: "user", id: ownerId(world) },
    defaultProjectId: world.projectId,
    expiresAt: null,
  };
}

function listKeys(call: Call): Answer {
  const { query, world } = call;
  const bearerId = (type: Bearer["type"]) => (row: ApiKeyRow) =>
    row.bearer.type === type ? row.bearer.id : null;
  const rows = listed(call, apiKeys(world), [
    equal(query, "access_key", (row) => row.id),
    among(query, "access_keys", (row) => row.id),
    equal(query, "bearer_id", (row) => row.bearer.id),
    equal(query, "bearer_type", (row) => row.bearer.type),
    equal(query, "application_id", bearerId("application")),
    equal(query, "user_id", bearerId("user")),
    containing(query, "description", (row) => row.name),
    flagged(query, "editable", () => true),
    flagged(query, "expired", (row) => isExpired(row, call.now)),
  ]);
  return bodyPage(call, { key: "api_keys", rows, order: orderOf(call), view: (row) => viewKey(row) });
}

function isExpired(row: ApiKeyRow, now: number): boolean {
  return row.expiresAt !== null && Date.parse(row.expiresAt) <= now;
}

/** Only this answer has the secret. */
function createKey(call: Call): Answer {
  const { world, now } = call;
  const body = call.body();
  const row: ApiKeyRow = {
    id: `SCW${Array.from({ length: 17 }, () => LETTERS[world.random.int(LETTERS.length)]).join("")}`,
    name: text(body, "description") ?? "",
    zone: "",
    tags: [],
    createdAt: now,
    modifiedAt: now,
    bearer: bearerOf(call, body),
    defaultProjectId: text(body, "default_project_id") || world.projectId,
    expiresAt: expiryOf(body) ?? null,
  };
  return json(200, viewKey(apiKeys(world).put(row, now), world.random.uuid()));
}

function bearerOf(call: Call, body: Body): Bearer {
  if (text(body, "user_id")) return { type: "user", id: userOf(call, required(body, "user_id")).id };
  const id = required(body, "application_id");
  if (!applications(call.world).get(id)) throw notFound("application", id);
  return { type: "application", id };
}

function expiryOf(body: Body): string | undefined {
  const given = text(body, "expires_at");
  if (given !== undefined && Number.isNaN(Date.parse(given)))
    throw invalidArgument("expires_at", "format", "must be a date");
  return given;
}

function updateKey(call: Call): Answer {
  const row = keyOf(call);
  const body = call.body();
  const next = {
    ...row,
    name: text(body, "description") ?? row.name,
    defaultProjectId: text(body, "default_project_id") || row.defaultProjectId,
    expiresAt: expiryOf(body) ?? row.expiresAt,
    modifiedAt: call.now,
  };
  return json(200, viewKey(apiKeys(call.world).put(next, call.now)));
}

function deleteKey(call: Call): Answer {
  const row = keyOf(call);
  if (!apiKeys(call.world).get(row.id)) throw notFound("access_key", row.id);
  apiKeys(call.world).remove(row.id, call.now);
  return noContent();
}

function viewKey(row: ApiKeyRow, secretKey: string | null = null): Record<string, unknown> {
  return {
    access_key: row.id,
    secret_key: secretKey,
    description: row.name,
    created_at: zuluDate(row.createdAt),
    updated_at: zuluDate(row.modifiedAt),
    expires_at: row.expiresAt,
    default_project_id: row.defaultProjectId,
    editable: true,
    deletable: true,
    managed: false,
    creation_ip: "51.15.0.1",
    [`${row.bearer.type}_id`]: row.bearer.id,
  };
}
