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
  /** Names of the types for which the marketplace offers the image, whether or not the zone has them. */
  compatible(image: PublicImage): string[];
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
    compatible: (image) => SERVER_TYPES.filter((type) => offered(image, type)).map((type) => type.name),
  };
}

/** Whether a server of this type can boot the image; of an image without a label nobody knows the system. */
export function fits(image: Pick<PublicImage, "arch" | "type" | "label">, type: ServerTypeSeed): boolean {
  if (image.arch !== type.arch) return false;
  if (image.type === "instance_local" && !type.localGb) return false;
  return image.label === "" || image.label.startsWith("windows") === type.name.endsWith("-WIN");
}

/** Types that were sold before 2020: images name them only in the zones that still have them. */
const OLD = /^(START1|VC1|X64|STARDUST1)/;
/** Types that no image names, for all that they are on sale. */
const UNNAMED = /^(ENT1-|STANDARD2-A24C-)/;

/** As the marketplace has it: images with GPU drivers are for GPUs, all others for everything else. */
function offered(image: PublicImage, type: ServerTypeSeed): boolean {
  if (!fits(image, type) || UNNAMED.test(type.name)) return false;
  if (image.label.includes("_gpu_") !== (type.gpu !== undefined)) return false;
  return !OLD.test(type.name) || type.zones.includes(String(ZONES.findIndex((zone) => zone === image.zone)));
}
