import { integer, record, records, required, text, texts } from "../../../http/body.ts";
import type { Body } from "../../../http/body.ts";
import { invalidArgument } from "../../../http/refusal.ts";
import { json } from "../../../http/route.ts";
import type { Answer, Call, Route } from "../../../http/route.ts";
import { pathUuid, requiredUuid, uuid, uuids } from "../../../http/uuids.ts";
import type { Catalog } from "../../catalog.ts";
import { among, containing, equal, found, listed, tagged, values } from "../../listed.ts";
import { newNamedRow, renamed } from "../../named-row.ts";
import { byProject, projectOf } from "../../project.ts";
import { deleteHandler } from "../../delete-handler.ts";
import { checkServerType } from "./server-order.ts";
import { templates } from "./template-rows.ts";
import type { TemplateRow } from "./template-rows.ts";
import { viewTemplate, viewTemplateSummary } from "./template-view.ts";
import { tokenPage } from "./token-page.ts";
import { volumeOrder } from "./volume-order.ts";
import type { VolumeOrder } from "./volume-order.ts";

export const TEMPLATES = "/instance/v2alpha1/zones/{zone}/templates";

export function templateRoutes(catalog: Catalog): Route[] {
  const one = `${TEMPLATES}/{id}`;
  return [
    { operation: "listTemplates", method: "GET", path: TEMPLATES, handle: listTemplates },
    {
      operation: "createTemplate",
      method: "POST",
      path: TEMPLATES,
      handle: (call) => createTemplate(call, catalog),
    },
    {
      operation: "getTemplate",
      method: "GET",
      path: one,
      handle: (call) => json(200, viewTemplate(templateOf(call))),
    },
    {
      operation: "updateTemplate",
      method: "PATCH",
      path: one,
      handle: (call) => updateTemplate(call, catalog),
    },
    {
      operation: "deleteTemplate",
      method: "DELETE",
      path: one,
      handle: deleteHandler(templates, templateOf),
    },
  ];
}

export function templateOf(call: Call): TemplateRow {
  return found(call, templates(call.world), {
    resource: "instance_template",
    id: pathUuid(call, "template_id"),
  });
}

function listTemplates(call: Call): Answer {
  const { query, world } = call;
  const serverTags = values(query, "server_tags");
  const rows = listed(call, templates(world), [
    containing(query, "name", (row) => row.name),
    equal(query, "project_id", (row) => row.projectId, byProject),
    among(query, "template_ids", (row) => row.id),
    among(query, "security_group_ids", (row) => row.securityGroupId),
    among(query, "placement_group_ids", (row) => row.placementGroupId),
    tagged(query),
    { test: (row) => serverTags.every((tag) => row.serverTags.includes(tag)) },
  ]);
  const order = query.get("order_by") ?? "created_at_desc";
  return tokenPage(call, { key: "templates", rows, order, view: viewTemplateSummary });
}

function createTemplate(call: Call, catalog: Catalog): Answer {
  const { world, now } = call;
  const body = call.body();
  const zone = call.params.zone ?? "";
  const row: TemplateRow = {
    ...newNamedRow(call),
    projectId: projectOf(call, body),
    serverTags: texts(body, "server_tags") ?? [],
    serverType: checkServerType(catalog, zone, required(body, "server_type")),
    securityGroupId: uuid(body, "security_group_id") ?? null,
    placementGroupId: uuid(body, "placement_group_id") ?? null,
    volumes: volumeOrders(body) ?? [],
    privateNetworkIds: privateNetworkIds(body),
    fileSystemIds: uuids(body, "filesystem_ids") ?? [],
    ipv4Count: count(body, "public_ip_v4_count") ?? 0,
    ipv6Count: count(body, "public_ip_v6_count") ?? 0,
    rdpKeyId: uuid(body, "windows_rdp_ssh_key_id") ?? null,
    userData: {},
  };
  return json(200, viewTemplate(templates(world).put(row, now)));
}

/** What is absent stays; an empty id takes a group away, and the lists are replaced as a whole. */
function updateTemplate(call: Call, catalog: Catalog): Answer {
  const row = templateOf(call);
  const body = call.body();
  const id = (name: string, before: string | null): string | null =>
    text(body, name) === undefined ? before : (uuid(body, name) ?? null);
  const type = text(body, "server_type");
  const volumes = record(body, "update_volumes");
  const networks = record(body, "update_private_networks");
  const next: TemplateRow = {
    ...renamed(call, row),
    serverTags: texts(body, "server_tags") ?? row.serverTags,
    serverType: type ? checkServerType(catalog, row.zone, type) : row.serverType,
    securityGroupId: id("security_group_id", row.securityGroupId),
    placementGroupId: id("placement_group_id", row.placementGroupId),
    volumes: volumes ? (volumeOrders(volumes) ?? []) : row.volumes,
    privateNetworkIds: networks ? privateNetworkIds(networks) : row.privateNetworkIds,
    fileSystemIds: uuids(body, "filesystem_ids") ?? row.fileSystemIds,
    ipv4Count: count(body, "public_ip_v4_count") ?? row.ipv4Count,
    ipv6Count: count(body, "public_ip_v6_count") ?? row.ipv6Count,
    rdpKeyId: id("windows_rdp_ssh_key_id", row.rdpKeyId),
  };
  return json(200, viewTemplate(templates(call.world).put(next, call.now)));
}

function volumeOrders(body: Body): VolumeOrder[] | undefined {
  return records(body, "volumes")?.map((volume) => volumeOrder(volume));
}

function privateNetworkIds(body: Body): string[] {
  return (records(body, "private_networks") ?? []).map((one) => requiredUuid(one, "private_network_id"));
}

function count(body: Body, name: string): number | undefined {
  const value = integer(body, name);
  if (value !== undefined && value < 0) throw invalidArgument(name, "constraint", "must not be negative");
  return value;
}
