import { bodyPage } from "../../http/page.ts";
import { invalidArgument, notFound } from "../../http/refusal.ts";
import { json } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import { fits } from "../catalog.ts";
import type { Catalog } from "../catalog.ts";
import type { Product } from "../../product.ts";
import { equal, meeting } from "../listed.ts";
import { LABELS } from "../seed/images.ts";
import type { PublicImage } from "../seed/images.ts";
import { SENTINEL_TYPES } from "../seed/sentinels.ts";
import { categoryRoutes } from "./category-routes.ts";
import { categoryOf, idOf, labelOf, viewLabel } from "./labels.ts";
import type { Label } from "./labels.ts";
import { versionIdOf, versionRoutes } from "./version-routes.ts";

/** Labels and the images behind them; readable without credentials, as in reality. */
export function marketplace(catalog: Catalog): Product {
  const routes: Route[] = [
    {
      operation: "listMarketplaceImages",
      method: "GET",
      path: "/marketplace/v2/images",
      open: true,
      handle: (call) => listImages(call, catalog),
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
        if (!image?.label) throw notFound("MarketplaceLocalImage", call.params.id ?? "");
        return json(200, viewLocalImage(catalog, image));
      },
    },
    ...categoryRoutes(),
    ...versionRoutes(),
  ];
  return { routes };
}

function listImages(call: Call, catalog: Catalog): Answer {
  const arch = call.query.get("arch");
  const rows = meeting(LABELS, [
    equal(call.query, "category", categoryOf),
    arch
      ? { test: (label) => catalog.imagesOf(label.label).some((image) => image.arch === arch) }
      : undefined,
  ]);
  return bodyPage(call, {
    key: "images",
    rows,
    order: call.query.get("order_by") ?? "name_asc",
    view: viewLabel,
  });
}

function listLocalImages(call: Call, catalog: Catalog): Answer {
  const { query } = call;
  const type = query.get("type");
  const order = query.get("order_by") ?? "type_asc";
  const rows = meeting(catalog.imagesOf(wantedLabel(query)), [
    equal(query, "zone", (image) => image.zone),
    type === "unknown_type" ? undefined : equal(query, "type", (image) => image.type),
    equal(query, "arch", (image) => image.arch),
  ]);
  if (order.startsWith("type")) rows.sort((a, b) => Number(a.type > b.type) - Number(a.type < b.type));
  return bodyPage(call, { key: "local_images", rows, order, view: (image) => viewListed(catalog, image) });
}

/** Named by itself, or by the id of its image or version. */
function wantedLabel(query: URLSearchParams): string {
  for (const [name, keyOf] of [
    ["image_label", ({ label }: Label) => label],
    ["image_id", idOf],
    ["version_id", versionIdOf],
  ] as const) {
    const wanted = query.get(name);
    if (wanted) return labelOf((one) => keyOf(one) === wanted, wanted).label;
  }
  throw invalidArgument("image_label", "required");
}

function viewLocalImage(catalog: Catalog, image: PublicImage): Record<string, unknown> {
  return {
    id: image.id,
    arch: image.arch,
    zone: image.zone,
    compatible_commercial_types: catalog.compatible(image),
    label: image.label,
    type: image.type,
  };
}

/** In a list, by which clients choose the image for their type, a block image has the types that only we have as well. */
function viewListed(catalog: Catalog, image: PublicImage): Record<string, unknown> {
  if (image.type === "instance_local") return viewLocalImage(catalog, image);
  const ours = SENTINEL_TYPES.filter((type) => fits(image, type)).map((type) => type.name);
  return {
    ...viewLocalImage(catalog, image),
    compatible_commercial_types: [...catalog.compatible(image), ...ours],
  };
}
