import { listAll, ScalewayCallError } from "@mayfly/scaleway";
import type { Marketplacev2 } from "@mayfly/scaleway";
import type { Cloud } from "../../cloud.ts";
import { Refusal } from "../../refusal.ts";

const TAG = "alchemy-image:";

export const isImageId = (image: string): boolean =>
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(image);

/** What a machine was made of is said by a tag: its image's id changes with each release, the label does not. */
export const imageTag = (image: string): string => TAG + image;

export function imageIn(tags: readonly string[]): string | undefined {
  return tags.find((tag) => tag.startsWith(TAG))?.slice(TAG.length);
}

/** The image's id in that zone, and the kind of root volume that it brings. */
export async function resolveImage(
  cloud: Cloud,
  { image, type, zone }: { image: string; type: string; zone: string },
): Promise<{ id: string; rootVolume: "sbs_volume" | "l_ssd" }> {
  if (isImageId(image)) return { id: image, rootVolume: "sbs_volume" };
  const kinds = [
    ["instance_sbs", "sbs_volume"],
    ["instance_local", "l_ssd"],
  ] as const;
  for (const [kind, rootVolume] of kinds) {
    const all = await localImages(cloud, { imageLabel: image, zone, type: kind });
    const fitting = all.find((each) => each.zone === zone && each.compatibleCommercialTypes.includes(type));
    if (fitting !== undefined) return { id: fitting.id, rootVolume };
  }
  throw new Refusal(`image ${image} is not made for ${type} in ${zone}; choose another image, type or zone`);
}

async function localImages(
  { marketplace }: Cloud,
  query: Pick<Marketplacev2.ListLocalImagesRequest, "imageLabel" | "zone" | "type">,
): Promise<Marketplacev2.LocalImage[]> {
  try {
    return await listAll(
      async (page, pageSize) => {
        const { localImages, totalCount } = await marketplace.listLocalImages({ ...query, page, pageSize });
        return { items: localImages, totalCount };
      },
      { what: `images ${query.imageLabel}` },
    );
  } catch (error) {
    if (error instanceof ScalewayCallError && error.kind === "not_found")
      throw new Refusal(
        `image ${query.imageLabel} is unknown; \`scw marketplace image list\` shows their labels`,
      );
    throw error;
  }
}
