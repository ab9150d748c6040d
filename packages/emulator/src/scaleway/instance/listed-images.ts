import type { Call } from "../../http/route.ts";
import type { Catalog } from "../catalog.ts";
import { containing, equal, flagged, listed, meeting, placeOf, tagged } from "../listed.ts";
import { inOrganization } from "../project.ts";
import { IMAGES_CREATED_AT, MARKETPLACE_ORGANIZATION } from "../seed/images.ts";
import { images } from "./image-rows.ts";

/** An image of a list, whoever made it. */
interface ListedImage {
  readonly id: string;
  readonly name: string;
  readonly zone: string;
  readonly arch: string;
  readonly projectId: string;
  readonly public: boolean;
  readonly tags: readonly string[];
  readonly createdAt: number;
}

/** The public images and the customers' own that meet the call's conditions, oldest first. */
export function listedImages(call: Call, catalog: Catalog): ListedImage[] {
  const { query, world } = call;
  const theirs = catalog.images
    .filter((image) => image.zone === placeOf(call))
    .map((image): ListedImage => ({
      ...image,
      projectId: MARKETPLACE_ORGANIZATION,
      public: true,
      tags: [],
      createdAt: image.createdAt ?? IMAGES_CREATED_AT,
    }))
    .sort((a, b) => a.createdAt - b.createdAt);
  return meeting<ListedImage>(
    [...theirs, ...listed(call, images(world))],
    [
      containing(query, "name", (image) => image.name),
      equal(query, "arch", (image) => image.arch),
      equal(query, "project", (image) => image.projectId),
      inOrganization(call),
      flagged(query, "public", (image) => image.public),
      tagged<ListedImage>(query),
    ],
  );
}
