import { notFound } from "../../http/refusal.ts";
import { zuluDate } from "../dates.ts";
import { LABEL_IDS } from "../seed/image-ids.ts";
import { IMAGES_CREATED_AT, LABELS, uuidOf } from "../seed/images.ts";

export type Label = (typeof LABELS)[number];
export type Category = "distribution" | "instantapp" | "Machine Learning";

const APPS = new Set(["docker", "gitlab", "nextcloud", "openvpn", "wordpress"]);

/** The first label that matches, or the 404 about what was wanted. */
export function labelOf(matches: (label: Label) => boolean, wanted: string): Label {
  const label = LABELS.find(matches);
  if (!label) throw notFound("MarketplaceImage", wanted);
  return label;
}

export function idOf(label: Label): string {
  return LABEL_IDS[label.label] ?? uuidOf(`marketplace/${label.label}`);
}

export function categoryOf({ label }: Label): Category {
  if (APPS.has(label)) return "instantapp";
  return label.includes("_gpu_") ? "Machine Learning" : "distribution";
}

export function viewLabel(label: Label): Record<string, unknown> {
  return {
    id: idOf(label),
    name: label.name,
    label: label.label,
    description: label.name,
    logo: `https://scw-marketplace-logos.s3.fr-par.scw.cloud/${label.label.split("_")[0]}.png`,
    categories: [categoryOf(label)],
    valid_until: null,
    created_at: zuluDate(IMAGES_CREATED_AT),
    updated_at: zuluDate(IMAGES_CREATED_AT),
  };
}
