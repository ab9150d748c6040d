import type { Body } from "../../../http/body.ts";
import { invalidArgument, notFound } from "../../../http/refusal.ts";
import { fits } from "../../catalog.ts";
import type { Catalog } from "../../catalog.ts";
import type { PublicImage } from "../../seed/images.ts";
import type { ServerTypeSeed } from "../../seed/server-type-seed.ts";
import type { IpRow } from "../rows.ts";
import type { VolumeKind, VolumeOrder } from "./volume-order.ts";

/** A new server, as a request or a template describes it. */
export interface ServerOrder {
  readonly name: string;
  readonly projectId: string;
  readonly tags: readonly string[];
  readonly serverType: string;
  readonly securityGroupId: string | null;
  readonly placementGroupId: string | null;
  readonly rdpKeyId: string | null;
  /** The first one is booted from. */
  readonly volumes: readonly (VolumeOrder | ExistingVolume)[];
  readonly ipIds: readonly string[];
  readonly newIps: readonly Pick<IpRow, "family" | "tags">[];
  readonly privateNetworkIds: readonly string[];
  readonly fileSystemIds: readonly string[];
  /** In base64, by key. */
  readonly userData: Readonly<Record<string, string>>;
}

export interface ExistingVolume {
  readonly kind: VolumeKind;
  readonly volumeId: string;
}

/** The order as the body of a v1 create, which checks the rest and carries it out. */
export function asV1Body(catalog: Catalog, zone: string, order: ServerOrder): Body {
  const type = catalog.serverType(zone, checkServerType(catalog, zone, order.serverType));
  const [boot] = order.volumes;
  if (!type || !boot) throw invalidArgument("volumes", "required");
  const most = type.fileSystems ?? 0;
  if (order.fileSystemIds.length > most)
    throw invalidArgument("filesystem_ids", "constraint", `${type.name} takes at most ${most} filesystems`);
  const image = imageOf(catalog, { zone, type, volume: boot });
  return {
    name: order.name,
    project: order.projectId,
    tags: order.tags,
    commercial_type: order.serverType,
    dynamic_ip_required: false,
    image: image?.id,
    volumes: Object.fromEntries(
      order.volumes.map((volume, slot) => {
        const base = slot === 0 ? undefined : imageOf(catalog, { zone, type, volume });
        return [String(slot), asV1Volume(volume, base)];
      }),
    ),
    public_ips: order.ipIds,
    security_group: order.securityGroupId,
    placement_group: order.placementGroupId,
    admin_password_encryption_ssh_key_id: order.rdpKeyId,
  };
}

export function checkServerType(catalog: Catalog, zone: string, name: string): string {
  if (!catalog.serverType(zone, name))
    throw invalidArgument("server_type", "constraint", `${name} is not a valid server type in ${zone}`);
  return name;
}

/** The image of that label that the volume can hold and the type can boot. */
function imageOf(
  catalog: Catalog,
  wanted: { zone: string; type: ServerTypeSeed; volume: VolumeOrder | ExistingVolume },
): PublicImage | undefined {
  const { zone, type, volume } = wanted;
  const label = "volumeId" in volume ? null : volume.imageLabel;
  if (label === null) return undefined;
  const images = catalog.imagesOf(label).filter((image) => image.zone === zone);
  if (images.length === 0) throw notFound("instance_image", label);
  const held = volume.kind === "sbs" ? "instance_sbs" : "instance_local";
  const image = images.find((one) => one.type === held && fits(one, type));
  if (!image)
    throw invalidArgument(
      "image_label",
      "constraint",
      `no image ${label} fits a ${volume.kind} volume of ${type.name}`,
    );
  return image;
}

/** @param base what a further volume begins with */
function asV1Volume(volume: VolumeOrder | ExistingVolume, base: PublicImage | undefined): Body {
  if ("volumeId" in volume) return { id: volume.volumeId };
  return {
    volume_type: volume.kind === "sbs" ? "sbs_volume" : volume.kind,
    name: volume.name || undefined,
    tags: volume.tags,
    size: volume.sizeBytes,
    base_snapshot: volume.snapshotId ?? base?.snapshotId,
    perf_iops: volume.iops,
  };
}
