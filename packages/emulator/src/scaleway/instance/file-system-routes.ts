import { isUuid, required } from "../../http/body.ts";
import { invalidArgument, preconditionFailed } from "../../http/refusal.ts";
import { json } from "../../http/route.ts";
import type { Answer, Call, Route } from "../../http/route.ts";
import type { Catalog } from "../catalog.ts";
import { attachFileSystem, detachFileSystem } from "./file-system-states.ts";
import type { ServerRow } from "./rows.ts";
import { serverOf } from "./server-routes.ts";
import { viewServer } from "./server-view.ts";

const SERVER = "/instance/v1/zones/{zone}/servers/{id}";

/** File systems on servers; the file systems themselves are taken as given. */
export function fileSystemRoutes(catalog: Catalog): Route[] {
  const route = (
    operation: string,
    path: string,
    change: (call: Call, row: ServerRow) => ServerRow,
  ): Route => ({
    operation,
    method: "POST",
    path: `${SERVER}/${path}`,
    handle: (call): Answer =>
      json(200, { server: viewServer(call.world, catalog, change(call, serverOf(call))) }),
  });
  return [
    route("attachServerFileSystem", "attach-filesystem", (call, row) => putIn(call, catalog, row)),
    route("detachServerFileSystem", "detach-filesystem", takeOut),
  ];
}

/** Attaches the file system that the request names. */
export function putIn(call: Call, catalog: Catalog, row: ServerRow): ServerRow {
  const id = fileSystemId(call);
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
export function takeOut(call: Call, row: ServerRow): ServerRow {
  const id = fileSystemId(call);
  if (!row.fileSystems?.some((one) => one.id === id))
    throw invalidArgument("filesystem_id", "constraint", `Filesystem ${id} is not attached to this server`);
  return detachFileSystem(call.world, row, id, call.now);
}

function fileSystemId(call: Call): string {
  const id = required(call.body(), "filesystem_id");
  if (!isUuid(id)) throw invalidArgument("filesystem_id", "format", "value must be a valid UUID");
  return id;
}
