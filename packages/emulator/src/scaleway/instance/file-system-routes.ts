import { invalidArgument, preconditionFailed } from "../../http/refusal.ts";
import { json } from "../../http/route.ts";
import type { Call, Route } from "../../http/route.ts";
import { requiredUuid } from "../../http/uuids.ts";
import type { Catalog } from "../catalog.ts";
import { attachFileSystem, detachFileSystem } from "./file-system-states.ts";
import type { ServerRow } from "./rows.ts";
import { serverOf } from "./server-routes.ts";
import { viewServer } from "./server-view.ts";

/** How an API names, finds and shows servers. */
interface ServerApi {
  readonly servers: string;
  serverOf(call: Call): ServerRow;
  view(call: Call, row: ServerRow): unknown;
}

export function fileSystemRoutes(catalog: Catalog): Route[] {
  return fileSystemRoutesOf(catalog, {
    servers: "/instance/v1/zones/{zone}/servers",
    serverOf,
    view: (call, row) => ({ server: viewServer(call.world, catalog, row) }),
  });
}

/** File systems on servers; the file systems themselves are taken as given. */
export function fileSystemRoutesOf(catalog: Catalog, api: ServerApi): Route[] {
  const route = (
    operation: string,
    path: string,
    change: (call: Call, row: ServerRow) => ServerRow,
  ): Route => ({
    operation,
    method: "POST",
    path: `${api.servers}/{id}/${path}`,
    handle: (call) => json(200, api.view(call, change(call, api.serverOf(call)))),
  });
  return [
    route("attachServerFileSystem", "attach-filesystem", (call, row) => putIn(call, catalog, row)),
    route("detachServerFileSystem", "detach-filesystem", takeOut),
  ];
}

/** Attaches the file system that the request names. */
function putIn(call: Call, catalog: Catalog, row: ServerRow): ServerRow {
  const id = requiredUuid(call.body(), "filesystem_id");
  const attached = row.fileSystems ?? [];
  if (attached.some((one) => one.id === id))
    throw preconditionFailed(
      412,
      "resource_still_in_use",
      `Filesystem ${id} is already attached to this server`,
    );
  const most = catalog.serverType(row.zone, row.commercialType)?.fileSystems ?? 0;
  if (attached.length >= most)
    throw invalidArgument(
      "filesystem_id",
      "constraint",
      `${row.commercialType} takes at most ${most} filesystems`,
    );
  return attachFileSystem(call.world, row, id, call.now);
}

/** Detaches the file system that the request names. */
function takeOut(call: Call, row: ServerRow): ServerRow {
  const id = requiredUuid(call.body(), "filesystem_id");
  if (!row.fileSystems?.some((one) => one.id === id))
    throw invalidArgument("filesystem_id", "constraint", `Filesystem ${id} is not attached to this server`);
  return detachFileSystem(call.world, row, id, call.now);
}
