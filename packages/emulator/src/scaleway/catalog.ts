import { publicImages } from "./seed/images.ts";
import type { PublicImage } from "./seed/images.ts";
import { SENTINEL_TYPES } from "./seed/sentinels.ts";
import type { ServerTypeSeed } from "./seed/server-type-seed.ts";
import { SERVER_TYPES } from "./seed/server-types.ts";
import { ZONES } from "./seed/zones.ts";

/** What the cloud sells: the same in every emulator, read-only. */
export interface Catalog {
  readonly images: readonly PublicImage[];
  image(id: string): PublicImage | undefined;
  imagesOf(label: string): readonly PublicImage[];
  /** Undefined where the zone has no such type. */
  serverType(zone: string, name: string): ServerTypeSeed | undefined;
  /** By name. */
  serverTypes(zone: string): readonly ServerTypeSeed[];
  /** Names of the types that can boot the image. */
  fits(image: PublicImage): string[];
}

export function createCatalog(): Catalog {
  const images = publicImages();
  const byId = new Map(images.map((image) => [image.id, image]));
  const types = [...SERVER_TYPES, ...SENTINEL_TYPES].sort((a, b) => (a.name < b.name ? -1 : 1));
  const byZone = new Map<string, Map<string, ServerTypeSeed>>(
    ZONES.map((zone, i) => [
      zone,
      new Map(types.filter((type) => type.zones.includes(String(i))).map((type) => [type.name, type])),
    ]),
  );
  return {
    images,
    image: (id) => byId.get(id),
    imagesOf: (label) => images.filter((image) => image.label === label),
    serverType: (zone, name) => byZone.get(zone)?.get(name),
    serverTypes: (zone) => [...(byZone.get(zone)?.values() ?? [])],
    fits: (image) => types.filter((type) => fits(image, type)).map((type) => type.name),
  };
}

/** Whether a server of this type can boot the image. */
export function fits(image: PublicImage, type: ServerTypeSeed): boolean {
  if (image.arch !== type.arch) return false;
  if (image.type === "instance_local" && !type.localGb) return false;
  return (image.label.startsWith("windows") as boolean) === type.name.endsWith("-WIN");
}
