import { json } from "../../http/route.ts";
import type { Call, Route } from "../../http/route.ts";
import type { Catalog } from "../catalog.ts";
import { localVolumes } from "./rows.ts";
import type { ServerRow } from "./rows.ts";
import { serverOf } from "./server-routes.ts";

/** What a server can become. */
export function compatibleTypesRoutes(catalog: Catalog): Route[] {
  return [
    {
      operation: "getServerCompatibleTypes",
      method: "GET",
      path: "/instance/v1/zones/{zone}/servers/{id}/compatible-types",
      handle: (call) => json(200, { compatible_types: compatibleTypes(call, catalog, serverOf(call)) }),
    },
  ];
}

/** Types with the same processor and kind of system, and room for the server's local volumes. */
function compatibleTypes(call: Call, catalog: Catalog, row: ServerRow): string[] {
  const bytes = (kind: "l_ssd" | "scratch"): number =>
    Object.values(row.volumes)
      .flatMap(({ id }) => localVolumes(call.world).get(id) ?? [])
      .filter((volume) => volume.kind === kind)
      .reduce((sum, volume) => sum + volume.size, 0);
  const isWindows = (name: string): boolean => name.endsWith("-WIN");
  return catalog
    .serverTypes(row.zone)
    .filter(
      (type) =>
        type.arch === row.arch &&
        isWindows(type.name) === isWindows(row.commercialType) &&
        bytes("l_ssd") <= (type.localGb ?? 0) * 1e9 &&
        bytes("scratch") <= (type.scratch?.[0] ?? 0) * 1e9,
    )
    .map(({ name }) => name);
}
