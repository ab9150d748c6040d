import type { World } from "../../world.ts";
import type { Catalog } from "../catalog.ts";
import { offsetDate } from "../dates.ts";
import { organizationOf } from "../project.ts";
import { IMAGES_CREATED_AT, MARKETPLACE_ORGANIZATION } from "../seed/images.ts";
import type { PublicImage } from "../seed/images.ts";
import { images, volumesOf } from "./image-rows.ts";
import type { ImageRow, ImageVolume } from "./image-rows.ts";
import { snapshots } from "./snapshot-rows.ts";

export const LOCAL_IMAGE_BYTES = 10_000_000_000;

/** The image of that id as instance v1 shows it, alone and inside a server. */
export function viewImageOf(world: World, catalog: Catalog, id: string): Record<string, unknown> | null {
  const ours = images(world).get(id);
  const theirs = catalog.image(id);
  if (ours) return viewOwnImage(world, ours);
  return theirs ? viewImage(theirs) : null;
}

/** A public image. */
function viewImage(image: PublicImage): Record<string, unknown> {
  const date = offsetDate(image.createdAt ?? IMAGES_CREATED_AT);
  return {
    id: image.id,
    name: image.name,
    organization: MARKETPLACE_ORGANIZATION,
    project: MARKETPLACE_ORGANIZATION,
    root_volume:
      image.type === "instance_sbs"
        ? viewBlockSnapshot(image.snapshotId)
        : {
            id: image.snapshotId,
            name: image.snapshotName ?? image.name,
            volume_type: "l_ssd",
            size: image.bytes ?? LOCAL_IMAGE_BYTES,
          },
    extra_volumes: {},
    public: true,
    arch: image.arch,
    creation_date: date,
    modification_date: date,
    default_bootscript: null,
    from_server: "",
    state: "available",
    tags: [],
    zone: image.zone,
  };
}

/** An image that a customer made: it is complete when its local snapshots are. */
export function viewOwnImage(world: World, row: ImageRow): Record<string, unknown> {
  const isReady = volumesOf(row).every(({ id }) => snapshots(world).get(id)?.state !== "snapshotting");
  return {
    id: row.id,
    name: row.name,
    organization: organizationOf(world, row.projectId),
    project: row.projectId,
    root_volume: viewVolume(world, row.root),
    extra_volumes: Object.fromEntries(
      Object.entries(row.extra).map(([slot, volume]) => [slot, viewVolume(world, volume)]),
    ),
    public: row.public,
    arch: row.arch,
    creation_date: offsetDate(row.createdAt),
    modification_date: offsetDate(row.modifiedAt),
    default_bootscript: null,
    from_server: row.fromServer,
    state: isReady ? "available" : "creating",
    tags: row.tags,
    zone: row.zone,
  };
}

function viewVolume(world: World, volume: ImageVolume): Record<string, unknown> {
  if (volume.kind === "sbs_snapshot") return viewBlockSnapshot(volume.id);
  const snapshot = snapshots(world).get(volume.id);
  return { id: volume.id, name: snapshot?.name ?? "", volume_type: "l_ssd", size: snapshot?.size ?? 0 };
}

/** Of a block snapshot this API knows nothing but the id. */
function viewBlockSnapshot(id: string): Record<string, unknown> {
  return { volume_type: "sbs_snapshot", id, size: 0, name: "" };
}
