import { json } from "../../http/route.ts";
import type { Route } from "../../http/route.ts";
import type { Catalog } from "../catalog.ts";
import { compatibleTypes } from "./compatible-types.ts";
import { serverOf } from "./server-routes.ts";

/** What a server can become. */
export function compatibleTypesRoutes(catalog: Catalog): Route[] {
  return [
    {
      operation: "getServerCompatibleTypes",
      method: "GET",
      path: "/instance/v1/zones/{zone}/servers/{id}/compatible-types",
      handle: (call) => json(200, { compatible_types: compatibleTypes(call.world, catalog, serverOf(call)) }),
    },
  ];
}
