import { json } from "../../../http/route.ts";
import type { Call, Route } from "../../../http/route.ts";
import type { Catalog } from "../../catalog.ts";
import { putIn, takeOut } from "../file-system-routes.ts";
import type { ServerRow } from "../rows.ts";
import { SERVERS, serverOf } from "./server-routes.ts";
import { viewServer } from "./server-view.ts";

/** File systems on servers, which v1 attaches in the same way. */
export function fileSystemRoutes(catalog: Catalog): Route[] {
  const route = (
    operation: string,
    path: string,
    change: (call: Call, row: ServerRow) => ServerRow,
  ): Route => ({
    operation,
    method: "POST",
    path: `${SERVERS}/{id}/${path}`,
    handle: (call) => json(200, viewServer(call.world, change(call, serverOf(call)))),
  });
  return [
    route("attachServerFileSystem", "attach-filesystem", (call, row) => putIn(call, catalog, row)),
    route("detachServerFileSystem", "detach-filesystem", takeOut),
  ];
}
