import { flag, isUuid, required, text } from "../../http/body.ts";
import type { Body } from "../../http/body.ts";
import { bodyPage } from "../../http/page.ts";
import { invalidArgument } from "../../http/refusal.ts";
import { json } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import { pathUuid } from "../../http/uuids.ts";
import { zuluDate } from "../dates.ts";
import { containing, equal, flagged, found, listed } from "../listed.ts";
import { projectOf } from "../project.ts";
import { deleteHandler } from "../delete-handler.ts";
import { orderOf } from "./conditions.ts";
import { sshKeys } from "./rows.ts";
import type { SshKeyRow } from "./rows.ts";
import { parseSshKey } from "./ssh-key.ts";

const KEYS = "/iam/v1alpha1/ssh-keys";

export function sshKeyRoutes(): Route[] {
  const path = `${KEYS}/{id}`;
  return [
    { operation: "listSSHKeys", method: "GET", path: KEYS, handle: listKeys },
    { operation: "createSSHKey", method: "POST", path: KEYS, handle: createKey },
    { operation: "getSSHKey", method: "GET", path, handle: (call) => answer(call, keyOf(call)) },
    { operation: "updateSSHKey", method: "PATCH", path, handle: updateKey },
    { operation: "deleteSSHKey", method: "DELETE", path, handle: deleteHandler(sshKeys, keyOf) },
  ];
}

function keyOf(call: Call): SshKeyRow {
  return found(call, sshKeys(call.world), { resource: "ssh_key", id: pathUuid(call, "ssh_key_id") });
}

function listKeys(call: Call): Answer {
  const { query, world } = call;
  const rows = listed(call, sshKeys(world), [
    containing(query, "name", (row) => row.name),
    equal(query, "project_id", (row) => row.projectId),
    flagged(query, "disabled", (row) => row.disabled),
  ]);
  return bodyPage(call, { key: "ssh_keys", rows, order: orderOf(call), view: (row) => viewKey(call, row) });
}

function createKey(call: Call): Answer {
  const { world, now } = call;
  const body = call.body();
  const row: SshKeyRow = {
    id: world.random.uuid(),
    name: required(body, "name"),
    zone: "",
    tags: [],
    createdAt: now,
    modifiedAt: now,
    projectId: projectIdOf(call, body),
    publicKey: publicKeyOf(body),
    disabled: false,
  };
  return answer(call, sshKeys(world).put(row, now));
}

function projectIdOf(call: Call, body: Body): string {
  const given = text(body, "project_id");
  if (given !== undefined && !isUuid(given))
    throw invalidArgument("project_id", "format", "value must be a valid UUID");
  return projectOf(call, body);
}

function publicKeyOf(body: Body): string {
  const key = parseSshKey(required(body, "public_key"));
  if (!key) throw invalidArgument("public_key", "format", "must be a valid SSH public key");
  return key.text;
}

function updateKey(call: Call): Answer {
  const row = keyOf(call);
  const body = call.body();
  const next = {
    ...row,
    name: text(body, "name") ?? row.name,
    disabled: flag(body, "disabled", row.disabled),
    modifiedAt: call.now,
  };
  return answer(call, sshKeys(call.world).put(next, call.now));
}

function answer(call: Call, row: SshKeyRow): Answer {
  return json(200, viewKey(call, row));
}

function viewKey(call: Call, row: SshKeyRow): Record<string, unknown> {
  return {
    id: row.id,
    name: row.name,
    public_key: row.publicKey,
    fingerprint: parseSshKey(row.publicKey)?.fingerprint ?? "",
    created_at: zuluDate(row.createdAt),
    updated_at: zuluDate(row.modifiedAt),
    organization_id: call.world.projectId,
    project_id: row.projectId,
    disabled: row.disabled,
  };
}
