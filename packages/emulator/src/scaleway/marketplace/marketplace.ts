import { bodyPage } from "../../http/page.ts";
import { invalidArgument, notFound } from "../../http/refusal.ts";
import { json } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import type { Catalog } from "../catalog.ts";
import type { Product } from "../../product.ts";
import { zuluDate } from "../dates.ts";
import { equal, meeting } from "../listed.ts";
import { IMAGES_CREATED_AT, LABELS, uuidOf } from "../seed/images.ts";
import type { PublicImage } from "../seed/images.ts";

type Label = (typeof LABELS)[number];

/** Labels and the images behind them; readable without credentials, as in reality. */
export function marketplace(catalog: Catalog): Product {
  const routes: Route[] = [
    {
      operation: "listMarketplaceImages",
      method: "GET",
      path: "/marketplace/v2/images",
      open: true,
      handle: (call) => bodyPage(call, { key: "images", rows: [...LABELS], view: viewLabel }),
    },
    {
      operation: "getMarketplaceImage",
      method: "GET",
      path: "/marketplace/v2/images/{id}",
      open: true,
      handle: (call) =>
        json(200, viewLabel(labelOf((label) => idOf(label) === call.params.id, call.params.id ?? ""))),
    },
    {
      operation: "listLocalImages",
      method: "GET",
      path: "/marketplace/v2/local-images",
      open: true,
      handle: (call) => listLocalImages(call, catalog),
    },
    {
      operation: "getLocalImage",
      method: "GET",
      path: "/marketplace/v2/local-images/{id}",
      open: true,
      handle(call) {
        const image = catalog.image(call.params.id ?? "");
        if (!image) throw notFound("MarketplaceLocalImage", call.params.id ?? "");
        return json(200, viewLocalImage(catalog, image));
      },
    },
  ];
  return { routes };
}

function listLocalImages(call: Call, catalog: Catalog): Answer {
  const { query } = call;
  const imageId = query.get("image_id");
  const label =
    query.get("image_label") ?? (imageId ? labelOf((one) => idOf(one) === imageId, imageId).label : null);
  if (!label) throw invalidArgument("image_label", "required");
  labelOf((one) => one.label === label, label);
  const rows = meeting(catalog.imagesOf(label), [
    equal(query, "zone", (image) => image.zone),
    equal(query, "type", (image) => image.type),
  ]);
  return bodyPage(call, { key: "local_images", rows, view: (image) => viewLocalImage(catalog, image) });
}

function labelOf(matches: (label: Label) => boolean, wanted: string): Label {
  const label = LABELS.find(matches);
  if (!label) throw notFound("MarketplaceImage", wanted);
  return label;
}

function idOf(label: Label): string {
  return uuidOf(`marketplace/${label.label}`);
}

function viewLocalImage(catalog: Catalog, image: PublicImage): Record<string, unknown> {
  return {
    id: image.id,
    arch: image.arch,
    zone: image.zone,
    compatible_commercial_types: catalog.fits(image),
    label: image.label,
    type: image.type,
  };
}

function viewLabel(label: Label): Record<string, unknown> {
  return {
    id: idOf(label),
    name: label.name,
    label: label.label,
    description: label.name,
    logo: `https://scw-marketplace-logos.s3.fr-par.scw.cloud/${label.label.split("_")[0]}.png`,
    categories: ["distribution"],
    valid_until: null,
    created_at: zuluDate(IMAGES_CREATED_AT),
    updated_at: zuluDate(IMAGES_CREATED_AT),
  };
}
