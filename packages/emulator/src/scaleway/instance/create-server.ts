import { flag, isUuid, one, required, text, texts } from "../../http/body.ts";
import type { Body } from "../../http/body.ts";
import { invalidArgument, notFound } from "../../http/refusal.ts";
import { json } from "../../http/route.ts";
import type { Answer, Call } from "../../http/route.ts";
import { fits } from "../catalog.ts";
import type { Catalog } from "../catalog.ts";
import { projectOf } from "../project.ts";
import { isSentinel, refuseSentinel } from "../refuse-sentinel.ts";
import type { ServerTypeSeed } from "../seed/server-type-seed.ts";
import type { World } from "../../world.ts";
import { newMac } from "./addresses.ts";
import { bootImage, publicImage } from "./boot-image.ts";
import type { BootImage } from "./boot-image.ts";
import { freeIp } from "./free-ip.ts";
import { location } from "./location.ts";
import { placementGroupOf } from "./placement-group.ts";
import { ips, servers } from "./rows.ts";
import type { IpRow, ServerRow } from "./rows.ts";
import { defaultSecurityGroup, securityGroupNamed } from "./security-groups.ts";
import { planVolumes } from "./plan-volumes.ts";
import { carryOut } from "./server-volumes.ts";
import { viewServer } from "./server-view.ts";

export const BOOT_TYPES = ["local", "rescue", "bootscript"] as const;

/** POST /servers of v1. */
export function createServer(call: Call, catalog: Catalog): Answer {
  return createServerAs(call, catalog, call.body(), (row) =>
    json(201, { server: viewServer(call.world, catalog, row) }, location(row.zone, "servers", row.id)),
  );
}

/**
 * Makes the server that a v1 body describes: everything is checked before anything is made.
 * @param show how the API that was asked answers with it
 */
export function createServerAs(
  call: Call,
  catalog: Catalog,
  body: Body,
  show: (made: ServerRow) => Answer,
): Answer {
  const { world, now } = call;
  const zone = call.params.zone ?? "";
  const type = serverTypeOf(catalog, zone, required(body, "commercial_type"));
  const refused = refuseSentinel(world, type.name, `cp_servers_type_${type.name.replaceAll("-", "_")}`);
  if (refused) return refused;

  const projectId = projectOf(call, body);
  const id = world.random.uuid();
  const name = text(body, "name") || `srv-${id.slice(0, 8)}`;
  const image = imageOf(world, catalog, { zone, type, body });
  const plans = planVolumes({ world, catalog, zone, serverName: name, type, image }, body);
  const addresses = addressesOf(call, zone, body);
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
    bootType: one(body, "boot_type", BOOT_TYPES) ?? "local",
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
    placementGroupId: placementGroupOf(world, zone, body),
    adminKeyId: text(body, "admin_password_encryption_ssh_key_id") ?? null,
    userData: {},
    // Last: this one may have to be made.
    securityGroupId: securityGroupOf(call, zone, projectId, body),
  };
  for (const ip of addresses) ips(world).put({ ...ip, serverId: id }, now);
  const volumes = carryOut(world, plans, { serverId: id, projectId, zone, at: now });
  const answer = show(servers(world).put({ ...row, volumes }, now));
  return { ...answer, lost: isSentinel(type.name, "lostAnswer") };
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
  world: World,
  catalog: Catalog,
  wanted: { zone: string; type: ServerTypeSeed; body: Body },
): BootImage | undefined {
  const { zone, type } = wanted;
  const given = text(wanted.body, "image");
  if (!given) return undefined;
  const labelled = isUuid(given)
    ? undefined
    : catalog.imagesOf(given).findLast((one) => one.zone === zone && fits(one, type));
  const image = labelled ? publicImage(labelled) : bootImage(world, catalog, given);
  if (image?.zone !== zone) throw notFound("instance_image", given);
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

function addressesOf({ world }: Call, zone: string, body: Body): IpRow[] {
  const single = text(body, "public_ip");
  const wanted = texts(body, "public_ips") ?? (single ? [single] : []);
  return [...new Set(wanted)].map((id) => freeIp(world, zone, id));
}

function securityGroupOf({ world, now }: Call, zone: string, projectId: string, body: Body): string {
  const given = text(body, "security_group");
  if (given) return securityGroupNamed(world, zone, given).id;
  return defaultSecurityGroup(world, { zone, projectId, at: now }).id;
}
