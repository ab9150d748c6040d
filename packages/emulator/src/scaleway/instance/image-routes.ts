import { headerPage } from "../../http/page.ts";
import { notFound } from "../../http/refusal.ts";
import { json } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import type { Catalog } from "../catalog.ts";
import { containing, equal, meeting, when } from "../listed.ts";
import { MARKETPLACE_ORGANIZATION } from "../seed/images.ts";
import { viewImage } from "./image-view.ts";

const IMAGES = "/instance/v1/zones/{zone}/images";

/** The public images; nobody can make one here. */
export function imageRoutes(catalog: Catalog): Route[] {
  return [
    { operation: "listImages", method: "GET", path: IMAGES, handle: (call) => listImages(call, catalog) },
    {
      operation: "getImage",
      method: "GET",
      path: `${IMAGES}/{id}`,
      handle(call) {
        const id = call.params.id ?? "";
        const image = catalog.image(id);
        if (!image || image.zone !== call.params.zone) throw notFound("instance_image", id);
        return json(200, { image: viewImage(image) });
      },
    },
  ];
}

function listImages(call: Call, catalog: Catalog): Answer {
  const { query } = call;
  const rows = meeting(catalog.images, [
    { test: (image) => image.zone === call.params.zone },
    containing(query, "name", (image) => image.name),
    equal(query, "arch", (image) => image.arch),
    equal(query, "project", () => MARKETPLACE_ORGANIZATION),
    equal(query, "organization", () => MARKETPLACE_ORGANIZATION),
    when(query, "public", (wanted) => wanted !== "false"),
  ]);
  return headerPage(call, { key: "images", path: "/images", rows, view: viewImage });
}
