import type { Route } from "../../../http/route.ts";
import type { Catalog } from "../../catalog.ts";
import { fileSystemRoutesOf } from "../file-system-routes.ts";
import { SERVERS, serverOf } from "./server-routes.ts";
import { viewServer } from "./server-view.ts";

/** File systems on servers, which v1 attaches in the same way. */
export function fileSystemRoutes(catalog: Catalog): Route[] {
  return fileSystemRoutesOf(catalog, {
    servers: SERVERS,
    serverOf,
    view: (call, row) => viewServer(call.world, row),
  });
}
