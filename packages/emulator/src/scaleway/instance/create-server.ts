import { flag, isUuid, one, required, text, texts } from "../../http/body.ts";
import type { Body } from "../../http/body.ts";
import {
  invalidArgument,
  notFound,
  outOfStock,
  preconditionFailed,
  quotaExceeded,
} from "../../http/refusal.ts";
import { json, rateLimited } from "../../http/route.ts";
import type { Answer, Call } from "../../http/route.ts";
import { fits } from "../catalog.ts";
import type { Catalog } from "../catalog.ts";
import { projectOf } from "../project.ts";
import type { PublicImage } from "../seed/images.ts";
import { BUSY_CREATES, SENTINELS } from "../seed/sentinels.ts";
import type { ServerTypeSeed } from "../seed/server-type-seed.ts";
import { newMac } from "./addresses.ts";
import { location } from "./location.ts";
import { ips, securityGroups, servers } from "./rows.ts";
import type { IpRow, ServerRow } from "./rows.ts";
import { defaultSecurityGroup } from "./security-group-default.ts";
import { carryOut, planVolumes } from "./server-volumes.ts";
import { viewServer } from "./server-view.ts";

/** POST /servers: everything is checked before anything is made. */
export function createServer(call: Call, catalog: Catalog): Answer {
  const { world, now } = call;
  const zone = call.params.zone ?? "";
  const body = call.body();
  const type = serverTypeOf(catalog, zone, required(body, "commercial_type"));
  if (type.name === SENTINELS.busy && world.store.next("busyCreates") <= BUSY_CREATES) return rateLimited();
  if (type.name === SENTINELS.outOfStock) throw outOfStock(type.name);
  if (type.name === SENTINELS.quota) throw quotaExceeded(`cp_servers_type_${type.name.replaceAll("-", "_")}`);

  const projectId = projectOf(call, body);
  const id = world.random.uuid();
  const name = text(body, "name") || `srv-${id.slice(0, 8)}`;
  const image = imageOf(catalog, { zone, type, body });
  const plans = planVolumes({ world, zone, serverName: name, type, image }, body);
  const addresses = addressesOf(call, body);
  const securityGroupId = securityGroupOf(call, projectId, body);
  const row: ServerRow = {
    id,
    name,
    zone,
    tags: texts(body, "tags") ?? [],
    createdAt: now,
    modifiedAt: now,
    projectId,
    commercialType: type.name,
    arch: type.arch,
    bootType: one(body, "boot_type", ["local", "rescue", "bootscript"]) ?? "local",
    imageId: image?.id ?? null,
    state: "stopped",
    stateDetail: "",
    epoch: 0,
    protected: flag(body, "protected", false),
    volumes: {},
    ipIds: addresses.map((ip) => ip.id),
    dynamicIpRequired: flag(body, "dynamic_ip_required", true),
    dynamicIp: null,
    enableIpv6: flag(body, "enable_ipv6", false),
    macAddress: newMac(world),
    hypervisor: null,
    securityGroupId,
    placementGroupId: null,
    adminKeyId: text(body, "admin_password_encryption_ssh_key_id") ?? null,
    userData: {},
  };
  for (const ip of addresses) ips(world).put({ ...ip, serverId: id }, now);
  const volumes = carryOut(world, plans, { serverId: id, projectId, zone, at: now });
  const made = servers(world).put({ ...row, volumes }, now);
  const answer = json(201, { server: viewServer(world, catalog, made) }, location(zone, "servers", id));
  return { ...answer, lost: type.name === SENTINELS.lostAnswer };
}

export function serverTypeOf(catalog: Catalog, zone: string, name: string): ServerTypeSeed {
  const type = catalog.serverType(zone, name);
  if (!type)
    throw invalidArgument(
      "commercial_type",
      "constraint",
      `${name} is not a valid commercial type in ${zone}`,
    );
  return type;
}

/** By id or label; must exist in the zone and run on the type's processor. */
function imageOf(
  catalog: Catalog,
  wanted: { zone: string; type: ServerTypeSeed; body: Body },
): PublicImage | undefined {
  const { zone, type } = wanted;
  const given = text(wanted.body, "image");
  if (!given) return undefined;
  const image = isUuid(given)
    ? catalog.image(given)
    : catalog.imagesOf(given).findLast((one) => one.zone === zone && fits(one, type));
  if (!image || image.zone !== zone) throw notFound("instance_image", given);
  if (image.arch !== type.arch)
    throw invalidArgument(
      "image",
      "constraint",
      `image architecture ${image.arch} does not fit ${type.name} (${type.arch})`,
    );
  if (!fits(image, type))
    throw invalidArgument("image", "constraint", `the image ${image.name} does not fit ${type.name}`);
  return image;
}

function addressesOf(call: Call, body: Body): IpRow[] {
  const single = text(body, "public_ip");
  return (texts(body, "public_ips") ?? (single ? [single] : [])).map((id) => {
    const ip = ips(call.world).get(id);
    if (!ip || ip.zone !== call.params.zone) throw notFound("instance_ip", id);
    if (ip.serverId)
      throw preconditionFailed(412, "resource_still_in_use", `IP ${id} is already attached to a server`);
    return ip;
  });
}

function securityGroupOf(call: Call, projectId: string, body: Body): string {
  const zone = call.params.zone ?? "";
  const given = text(body, "security_group");
  if (!given) return defaultSecurityGroup(call.world, { zone, projectId, at: call.now }).id;
  if (securityGroups(call.world).get(given)?.zone !== zone) throw notFound("instance_security_group", given);
  return given;
}
