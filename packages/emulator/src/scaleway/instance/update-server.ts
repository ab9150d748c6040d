import { flag, one, record, required, text, texts } from "../../http/body.ts";
import type { Body } from "../../http/body.ts";
import { invalidArgument, wrongState } from "../../http/refusal.ts";
import type { Call } from "../../http/route.ts";
import type { World } from "../../world.ts";
import type { Catalog } from "../catalog.ts";
import { attachVolume, detachVolume } from "./attach-volume.ts";
import { compatibleTypes } from "./compatible-types.ts";
import { BOOT_TYPES, serverTypeOf } from "./create-server.ts";
import { freeIp } from "./free-ip.ts";
import { heldBy } from "./ip-states.ts";
import { placementGroupOf } from "./placement-group.ts";
import { ips, servers } from "./rows.ts";
import type { ServerRow } from "./rows.ts";
import { securityGroupNamed } from "./security-groups.ts";
import { dynamicIpOf } from "./server-states.ts";

/** PATCH /servers/{id}: what is absent stays; tags, addresses and volumes are replaced as a whole. */
export function updateServer(call: Call, catalog: Catalog, row: ServerRow): ServerRow {
  const { world, now } = call;
  const body = call.body();
  const next: ServerRow = {
    ...row,
    name: text(body, "name") ?? row.name,
    tags: texts(body, "tags") ?? row.tags,
    protected: flag(body, "protected", row.protected),
    bootType: one(body, "boot_type", BOOT_TYPES) ?? row.bootType,
    enableIpv6: flag(body, "enable_ipv6", row.enableIpv6),
    dynamicIpRequired: flag(body, "dynamic_ip_required", row.dynamicIpRequired),
    adminKeyId: (text(body, "admin_password_encryption_ssh_key_id") ?? row.adminKeyId) || null,
    commercialType: commercialType(world, catalog, row, body),
    securityGroupId: securityGroup(call, row, body),
    placementGroupId: placementGroupOf(world, row.zone, body, row.placementGroupId),
    modifiedAt: now,
  };
  const ipIds = texts(body, "public_ips");
  const moved = { ...next, ipIds: ipIds ? replaceIps(call, row, ipIds) : row.ipIds };
  // A machine that runs gets or loses its dynamic address at once.
  const asked = "dynamic_ip_required" in body && row.state === "running";
  servers(world).put(asked ? { ...moved, dynamicIp: dynamicIpOf(world, moved) } : moved, now);
  const volumes = record(body, "volumes");
  if (volumes) replaceVolumes(call, row, volumes);
  return servers(world).get(row.id) ?? next;
}

/** PUT /servers/{id}: of a server as it was shown, only what says something new about itself is taken over. */
export function setServer(call: Call, row: ServerRow): ServerRow {
  const body = call.body();
  const next = {
    ...row,
    name: required(body, "name"),
    tags: texts(body, "tags") ?? [],
    protected: flag(body, "protected", false),
    bootType: one(body, "boot_type", BOOT_TYPES) ?? row.bootType,
    enableIpv6: flag(body, "enable_ipv6", row.enableIpv6),
    dynamicIpRequired: flag(body, "dynamic_ip_required", row.dynamicIpRequired),
    modifiedAt: call.now,
  };
  return servers(call.world).put(next, call.now);
}

function commercialType(world: World, catalog: Catalog, row: ServerRow, body: Body): string {
  const wanted = text(body, "commercial_type");
  if (!wanted || wanted === row.commercialType) return row.commercialType;
  if (row.state !== "stopped") throw wrongState("server should be stopped");
  if (row.placementGroupId) throw wrongState("server should not be in a placement group");
  const { name } = serverTypeOf(catalog, row.zone, wanted);
  if (!compatibleTypes(world, catalog, row).includes(name))
    throw invalidArgument("commercial_type", "constraint", `${row.commercialType} cannot become ${name}`);
  return name;
}

function securityGroup(call: Call, row: ServerRow, body: Body): string {
  const wanted = record(body, "security_group");
  const id = wanted && text(wanted, "id");
  return id ? securityGroupNamed(call.world, row.zone, id).id : row.securityGroupId;
}

function replaceIps({ world, now }: Call, row: ServerRow, wanted: readonly string[]): string[] {
  const table = ips(world);
  const ipIds = [...new Set(wanted)];
  for (const id of ipIds) freeIp(world, row.zone, id, row.id);
  for (const id of new Set([...row.ipIds, ...ipIds])) {
    const ip = table.get(id);
    const isKept = ipIds.includes(id) && ip?.serverId === row.id;
    if (ip && !isKept) table.put(heldBy(ip, ipIds.includes(id) ? row : undefined, now), now);
  }
  return ipIds;
}

/** Every volume ends up in the slot under which the request has it. */
function replaceVolumes(call: Call, row: ServerRow, wanted: Body): void {
  const slots = Object.keys(wanted).map((slot) => [slot, record(wanted, slot) ?? {}] as const);
  const ids = new Map(slots.map(([slot, volume]) => [required(volume, "id"), slot]));
  const kept = new Set(Object.values(row.volumes).map((volume) => volume.id));
  for (const id of ids.keys()) if (!kept.has(id)) attachVolume(call, row.id, id);
  for (const id of kept) if (!ids.has(id)) detachVolume(call, row.id, id);
  const after = servers(call.world).get(row.id) ?? row;
  const volumes = Object.values(after.volumes).map((volume) => [ids.get(volume.id) ?? "", volume]);
  servers(call.world).put({ ...after, volumes: Object.fromEntries(volumes) }, call.now);
}
