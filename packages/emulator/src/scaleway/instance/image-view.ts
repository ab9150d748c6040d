import { offsetDate } from "../dates.ts";
import { IMAGES_CREATED_AT, MARKETPLACE_ORGANIZATION } from "../seed/images.ts";
import type { PublicImage } from "../seed/images.ts";

/** A public image as instance v1 shows it. */
export function viewImage(image: PublicImage): Record<string, unknown> {
  const date = offsetDate(IMAGES_CREATED_AT);
  return {
    id: image.id,
    name: image.name,
    organization: MARKETPLACE_ORGANIZATION,
    project: MARKETPLACE_ORGANIZATION,
    root_volume:
      image.type === "instance_sbs"
        ? { volume_type: "sbs_snapshot", id: image.snapshotId, size: 0, name: "" }
        : { id: image.snapshotId, name: image.name, volume_type: "l_ssd", size: LOCAL_IMAGE_BYTES },
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

export const LOCAL_IMAGE_BYTES = 10_000_000_000;
