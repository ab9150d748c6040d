import type { Marketplacev2, Scaleway } from "@mayfly/scaleway";
import { listAll, ScalewayCallError } from "@mayfly/scaleway";
import type { Clock } from "../../clock.ts";
import type { Image } from "../provider.ts";
import { createCache } from "../cache.ts";
import { imageAliases, imageLabel } from "./image-alias.ts";
import { didYouMean } from "../../lifecycle/nearest.ts";
import { Refused } from "../refused.ts";
import { isUuid } from "./uuid.ts";

export interface Images {
  /** The image's id in that zone, and the kind of root volume that it brings. Throws `Refused` when there is none. */
  resolve(request: ImageRequest): Promise<LocalImage>;
  /** Throws `Refused`, with the nearest names, when the marketplace has no such image. */
  assertKnown(image: string): Promise<void>;
  /** What was kept has turned out to be out of date. */
  forget(): void;
  /** Every image of the marketplace. */
  all(): Promise<Image[]>;
}

export interface ImageRequest {
  /** A label, a name that people say, or an id. */
  image: string;
  type: string;
  zone: string;
}

export interface LocalImage {
  id: string;
  rootVolume: "sbs_volume" | "l_ssd";
}

/** Kept for 10 minutes; a hundred creates at once ask once. */
export function createImages(scaleway: Scaleway, clock: Clock): Images {
  const local = createCache<Marketplacev2.LocalImage[]>({ clock, ttlMs: TTL_MS });
  const market = createCache<Image[]>({ clock, ttlMs: TTL_MS });

  function localImages(imageLabel: string, zone: string, type: "instance_sbs" | "instance_local") {
    return local.get(`${zone} ${type} ${imageLabel}`, () =>
      listLocalImages(scaleway, { imageLabel, zone, type }),
    );
  }

  async function resolve({ image, type, zone }: ImageRequest): Promise<LocalImage> {
    if (isUuid(image)) return { id: image, rootVolume: "sbs_volume" };
    const label = imageLabel(image);
    const fits = isMadeFor(type, zone);
    const onBlock = await localImages(label, zone, "instance_sbs");
    const block = onBlock.find(fits);
    if (block !== undefined) return { id: block.id, rootVolume: "sbs_volume" };
    const onLocal = await localImages(label, zone, "instance_local");
    const found = onLocal.find(fits);
    if (found !== undefined) return { id: found.id, rootVolume: "l_ssd" };
    await assertKnown(image);
    const instead = await madeFor({ like: label, type, zone });
    throw new Refused(
      `image ${image} is not made for ${type} in ${zone}`,
      instead.length > 0 ? `made for it: ${instead.join(", ")}` : "choose another --type, or another --image",
    );
  }

  /** Labels like this one of images that are made for that type. The marketplace is asked by label only. */
  async function madeFor({
    like,
    type,
    zone,
  }: {
    like: string;
    type: string;
    zone: string;
  }): Promise<string[]> {
    const labels = (await all()).map(({ label }) => label).filter((label) => label !== like);
    const alike = labels
      .filter((label) => sharedLength(label, like) >= LEAST_ALIKE)
      .sort((a, b) => sharedLength(b, like) - sharedLength(a, like))
      .slice(0, MOST_ASKED);
    const fitting = alike.map(async (label) => {
      const local = await Promise.all([
        localImages(label, zone, "instance_sbs"),
        localImages(label, zone, "instance_local"),
      ]);
      return local.flat().some(isMadeFor(type, zone)) ? [label] : [];
    });
    return (await Promise.all(fitting)).flat();
  }

  async function assertKnown(image: string): Promise<void> {
    const labels = (await all()).map(({ label }) => label);
    if (!labels.includes(imageLabel(image)))
      throw new Refused(
        `image ${image} is unknown`,
        didYouMean(image, [...labels, ...Object.keys(imageAliases)]) ?? "`mayfly images` lists what there is",
      );
  }

  async function all(): Promise<Image[]> {
    return market.get("", async () => {
      const images = await listAll(
        async (page, pageSize) => {
          const answer = await scaleway.marketplace.listImages({ page, pageSize, includeEol: false });
          return { items: answer.images, totalCount: answer.totalCount };
        },
        { what: "images" },
      );
      return images.map(({ label, name }) => ({ label, name }));
    });
  }

  return { resolve, assertKnown, all, forget: local.clear };
}

const TTL_MS = 600_000;
/** So many letters at its beginning make a label one of the same system. */
const LEAST_ALIKE = 4;
const MOST_ASKED = 6;

const isMadeFor = (type: string, zone: string) => (image: Marketplacev2.LocalImage) =>
  image.zone === zone && image.compatibleCommercialTypes.includes(type);

function sharedLength(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}

/** None for a label that is unknown. */
async function listLocalImages(
  scaleway: Scaleway,
  query: Pick<Marketplacev2.ListLocalImagesRequest, "imageLabel" | "zone" | "type">,
): Promise<Marketplacev2.LocalImage[]> {
  try {
    return await listAll(
      async (page, pageSize) => {
        const answer = await scaleway.marketplace.listLocalImages({ ...query, page, pageSize });
        return { items: answer.localImages, totalCount: answer.totalCount };
      },
      { what: `images ${query.imageLabel} of ${query.zone}` },
    );
  } catch (error) {
    if (error instanceof ScalewayCallError && error.kind === "not_found") return [];
    throw error;
  }
}
