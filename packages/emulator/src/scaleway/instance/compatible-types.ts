import type { World } from "../../world.ts";
import type { Catalog } from "../catalog.ts";
import { localVolumes } from "./rows.ts";
import type { ServerRow } from "./rows.ts";

/** Types with the same processor and kind of system, and room for the server's local volumes. */
export function compatibleTypes(world: World, catalog: Catalog, row: ServerRow): string[] {
  const bytes = (kind: "l_ssd" | "scratch"): number =>
    Object.values(row.volumes)
      .flatMap(({ id }) => localVolumes(world).get(id) ?? [])
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
