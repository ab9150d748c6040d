import { notFound } from "../../http/refusal.ts";
import type { World } from "../../world.ts";
import { blockSnapshots } from "../block/rows.ts";
import type { Catalog } from "../catalog.ts";
import type { PublicImage } from "../seed/images.ts";
import { images } from "./image-rows.ts";
import type { ImageRow, ImageVolume } from "./image-rows.ts";
import { LOCAL_IMAGE_BYTES } from "./image-view.ts";
import { snapshots } from "./snapshot-rows.ts";

/** What a new volume begins with. */
export interface VolumeContent {
  readonly kind: "sbs_volume" | "l_ssd";
  readonly snapshotId: string;
  readonly bytes: number;
  /** It is a public image's. */
  readonly borrowed: boolean;
}

/** What a server can start from, whoever made it. */
export interface BootImage extends Pick<PublicImage, "id" | "name" | "zone" | "label" | "type"> {
  readonly arch: PublicImage["arch"];
  /** By slot; 0 is the root. */
  readonly contents: Readonly<Record<string, VolumeContent>>;
}

/** The image of that id, public or a customer's own. */
export function bootImage(world: World, catalog: Catalog, id: string): BootImage | undefined {
  const ours = images(world).get(id);
  const theirs = catalog.image(id);
  if (ours) return ownImage(world, ours);
  return theirs && publicImage(theirs);
}

export function publicImage(image: PublicImage): BootImage {
  return { ...image, contents: { "0": publicContent(image) } };
}

function ownImage(world: World, row: ImageRow): BootImage {
  const content = (volume: ImageVolume): VolumeContent => ownContent(world, volume.id) ?? GONE;
  const extra = Object.entries(row.extra).map(([slot, volume]) => [slot, content(volume)] as const);
  return {
    id: row.id,
    name: row.name,
    zone: row.zone,
    label: "",
    arch: row.arch === "x86_64" ? "x86_64" : "arm64",
    type: row.root.kind === "l_ssd" ? "instance_local" : "instance_sbs",
    contents: { ...Object.fromEntries(extra), "0": content(row.root) },
  };
}

/** What a snapshot of the zone holds, or a public image's. */
export function snapshotContent(world: World, catalog: Catalog, zone: string, id: string): VolumeContent {
  const own = ownContent(world, id, zone);
  const theirs = catalog.images.find((image) => image.snapshotId === id && image.zone === zone);
  const content = own ?? (theirs && publicContent(theirs));
  if (!content) throw notFound("instance_snapshot", id);
  return content;
}

function ownContent(world: World, snapshotId: string, zone?: string): VolumeContent | undefined {
  const local = snapshots(world).get(snapshotId);
  const block = blockSnapshots(world).get(snapshotId);
  const row = local ?? block;
  if (!row || (zone !== undefined && row.zone !== zone)) return undefined;
  return { kind: local ? "l_ssd" : "sbs_volume", snapshotId, bytes: row.size, borrowed: false };
}

function publicContent(image: PublicImage): VolumeContent {
  const kind = image.type === "instance_local" ? "l_ssd" : "sbs_volume";
  return { kind, snapshotId: image.snapshotId, bytes: image.bytes ?? LOCAL_IMAGE_BYTES, borrowed: true };
}

/** A snapshot cannot go before its image; should it have, its volume is empty. */
const GONE: VolumeContent = { kind: "sbs_volume", snapshotId: "", bytes: LOCAL_IMAGE_BYTES, borrowed: false };
