import { flag, record, text, texts } from "../../http/body.ts";
import type { Body } from "../../http/body.ts";
import { notFound, wrongState } from "../../http/refusal.ts";
import type { Call } from "../../http/route.ts";
import type { Catalog } from "../catalog.ts";
import { attachVolume, detachVolume } from "./attach-volume.ts";
import { serverTypeOf } from "./create-server.ts";
import { ips, securityGroups, servers } from "./rows.ts";
import type { ServerRow } from "./rows.ts";

/** PATCH /servers/{id}: what is absent stays; tags, addresses and volumes are replaced as a whole. */
export function updateServer(call: Call, catalog: Catalog, row: ServerRow): ServerRow {
  const { world, now } = call;
  const body = call.body();
  const next: ServerRow = {
    ...row,
    name: text(body, "name") ?? row.name,
    tags: texts(body, "tags") ?? row.tags,
    protected: flag(body, "protected", row.protected),
    dynamicIpRequired: flag(body, "dynamic_ip_required", row.dynamicIpRequired),
    adminKeyId: text(body, "admin_password_encryption_ssh_key_id") ?? row.adminKeyId,
    commercialType: commercialType(catalog, row, body),
    securityGroupId: securityGroup(call, row, body),
    modifiedAt: now,
  };
  const ipIds = texts(body, "public_ips");
  servers(world).put({ ...next, ipIds: ipIds ? replaceIps(call, row, ipIds) : row.ipIds }, now);
  const volumes = record(body, "volumes");
  if (volumes) replaceVolumes(call, row, volumes);
  return servers(world).get(row.id) ?? next;
}

function commercialType(catalog: Catalog, row: ServerRow, body: Body): string {
  const wanted = text(body, "commercial_type");
  if (!wanted || wanted === row.commercialType) return row.commercialType;
  if (row.state !== "stopped") throw wrongState("server should be stopped");
  return serverTypeOf(catalog, row.zone, wanted).name;
}

function securityGroup(call: Call, row: ServerRow, body: Body): string {
  const wanted = record(body, "security_group");
  const id = wanted && text(wanted, "id");
  if (!id) return row.securityGroupId;
  if (securityGroups(call.world).get(id)?.zone !== row.zone) throw notFound("instance_security_group", id);
  return id;
}

function replaceIps(call: Call, row: ServerRow, wanted: string[]): string[] {
  const table = ips(call.world);
  for (const id of wanted) if (table.get(id)?.zone !== row.zone) throw notFound("instance_ip", id);
  for (const id of new Set([...row.ipIds, ...wanted])) {
    const ip = table.get(id);
    if (ip) table.put({ ...ip, serverId: wanted.includes(id) ? row.id : null }, call.now);
  }
  return wanted;
}

function replaceVolumes(call: Call, row: ServerRow, wanted: Body): void {
  const ids = new Set(Object.keys(wanted).map((slot) => text(record(wanted, slot) ?? {}, "id")));
  for (const volume of Object.values(row.volumes))
    if (!ids.has(volume.id)) detachVolume(call, row.id, volume.id);
  const kept = new Set(Object.values(row.volumes).map((volume) => volume.id));
  for (const id of ids) if (id && !kept.has(id)) attachVolume(call, row.id, id);
}
