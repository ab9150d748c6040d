import type { Route } from "../../http/route.ts";
import type { Catalog } from "../catalog.ts";
import { snapshotRoutes } from "./snapshot-routes.ts";
import { volumeRoutes } from "./volume-routes.ts";

/** Block storage; v1alpha1 answers like v1. */
export function blockRoutes(catalog: Catalog): Route[] {
  return ["/block/v1", "/block/v1alpha1"].flatMap((base) => [
    ...volumeRoutes(base),
    ...snapshotRoutes(base, catalog),
  ]);
}
