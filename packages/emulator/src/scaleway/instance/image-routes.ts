import { flag, one, required, text, texts } from "../../http/body.ts";
import type { Body } from "../../http/body.ts";
import { headerPage } from "../../http/page.ts";
import { invalidArgument, notFound, permissionsDenied } from "../../http/refusal.ts";
import { json, noContent } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import type { Catalog } from "../catalog.ts";
import { placeOf } from "../listed.ts";
import { projectOf } from "../project.ts";
import { images } from "./image-rows.ts";
import type { ImageRow } from "./image-rows.ts";
import { viewImageOf, viewOwnImage } from "./image-view.ts";
import { listedImages } from "./listed-images.ts";
import { location } from "./location.ts";
import { extraVolumes, imageVolume, putImage, removeImage } from "./own-image.ts";

const IMAGES = "/instance/v1/zones/{zone}/images";
const ARCHES = ["x86_64", "arm64", "arm"] as const;

/** The public images, and those that customers make of their snapshots. */
export function imageRoutes(catalog: Catalog): Route[] {
  const path = `${IMAGES}/{id}`;
  const ownImage = (call: Call): ImageRow => {
    const id = call.params.id ?? "";
    const row = images(call.world).get(id);
    if (row?.zone === placeOf(call)) return row;
    // Everybody can read a public image; only its owner can change it.
    if (catalog.image(id)?.zone === placeOf(call))
      throw permissionsDenied([{ action: "write", resource: "image" }]);
    throw notFound("instance_image", id);
  };
  return [
    { operation: "listImages", method: "GET", path: IMAGES, handle: (call) => listImages(call, catalog) },
    { operation: "createImage", method: "POST", path: IMAGES, handle: createImage },
    { operation: "getImage", method: "GET", path, handle: (call) => getImage(call, catalog) },
    {
      operation: "updateImage",
      method: "PATCH",
      path,
      handle: (call) => change(call, ownImage(call), (row, body) => changed(call, row, body)),
    },
    {
      operation: "setImage",
      method: "PUT",
      path,
      handle: (call) =>
        change(call, ownImage(call), (row, body) => ({
          ...changed(call, row, { tags: [], extra_volumes: {}, ...body }),
          name: required(body, "name"),
        })),
    },
    {
      operation: "deleteImage",
      method: "DELETE",
      path,
      handle(call) {
        removeImage(call.world, ownImage(call), call.now);
        return noContent();
      },
    },
  ];
}

function listImages(call: Call, catalog: Catalog): Answer {
  const rows = listedImages(call, catalog);
  return headerPage(call, {
    key: "images",
    path: "/images",
    rows,
    order: "creation_date_desc",
    view: ({ id }) => viewImageOf(call.world, catalog, id),
  });
}

function getImage(call: Call, catalog: Catalog): Answer {
  const id = call.params.id ?? "";
  const image = images(call.world).get(id) ?? catalog.image(id);
  if (image?.zone !== placeOf(call)) throw notFound("instance_image", id);
  return json(200, { image: viewImageOf(call.world, catalog, id) });
}

function createImage(call: Call): Answer {
  const { world, now } = call;
  const zone = placeOf(call);
  const body = call.body();
  const arch = one(body, "arch", ARCHES);
  if (!arch) throw invalidArgument("arch", "required");
  const id = world.random.uuid();
  const row: ImageRow = {
    id,
    name: text(body, "name") || `img-${id.slice(0, 8)}`,
    zone,
    tags: texts(body, "tags") ?? [],
    createdAt: now,
    modifiedAt: now,
    projectId: projectOf(call, body),
    arch,
    public: flag(body, "public", false),
    root: imageVolume(world, zone, required(body, "root_volume")),
    extra: extraVolumes(world, zone, body) ?? {},
    fromServer: "",
  };
  putImage(world, row, now);
  return json(201, { image: viewOwnImage(world, row) }, location(zone, "images", id));
}

/** What is absent stays; extra volumes are replaced as a whole. */
function changed(call: Call, row: ImageRow, body: Body): ImageRow {
  return {
    ...row,
    name: text(body, "name") || row.name,
    arch: one(body, "arch", ARCHES) ?? row.arch,
    tags: texts(body, "tags") ?? row.tags,
    public: flag(body, "public", row.public),
    extra: extraVolumes(call.world, row.zone, body) ?? row.extra,
    modifiedAt: call.now,
  };
}

function change(call: Call, row: ImageRow, how: (row: ImageRow, body: Body) => ImageRow): Answer {
  const next = putImage(call.world, how(row, call.body()), call.now);
  return json(200, { image: viewOwnImage(call.world, next) });
}
