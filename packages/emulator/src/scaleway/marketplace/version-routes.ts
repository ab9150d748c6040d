import { bodyPage } from "../../http/page.ts";
import { invalidArgument, notFound } from "../../http/refusal.ts";
import { json } from "../../http/route.ts";
import type { Call, Route } from "../../http/route.ts";
import { zuluDate } from "../dates.ts";
import { IMAGES_CREATED_AT, LABELS, uuidOf } from "../seed/images.ts";
import { idOf, labelOf } from "./labels.ts";
import type { Label } from "./labels.ts";

/** Builds of an image: of each there is the latest. */
export function versionRoutes(): Route[] {
  const path = "/marketplace/v2/versions";
  return [
    {
      operation: "listVersions",
      method: "GET",
      path,
      open: true,
      handle(call) {
        const imageId = call.query.get("image_id");
        if (!imageId) throw invalidArgument("image_id", "required");
        const label = labelOf((one) => idOf(one) === imageId, imageId);
        return bodyPage(call, { key: "versions", rows: [label], view: viewVersion });
      },
    },
    {
      operation: "getVersion",
      method: "GET",
      path: `${path}/{id}`,
      open: true,
      handle: (call) => json(200, viewVersion(labelOfVersion(call))),
    },
  ];
}

export function versionIdOf(label: Label): string {
  return uuidOf(`version/${label.label}`);
}

function labelOfVersion(call: Call): Label {
  const { id = "" } = call.params;
  const label = LABELS.find((one) => versionIdOf(one) === id);
  if (!label) throw notFound("MarketplaceVersion", id);
  return label;
}

function viewVersion(label: Label): Record<string, unknown> {
  const date = zuluDate(IMAGES_CREATED_AT);
  return {
    id: versionIdOf(label),
    name: date.slice(0, 16),
    created_at: date,
    updated_at: date,
    published_at: date,
  };
}
