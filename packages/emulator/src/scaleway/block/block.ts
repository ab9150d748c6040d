import { holding } from "../../product.ts";
import type { Product } from "../../product.ts";
import type { Catalog } from "../catalog.ts";
import { PRICES } from "../seed/prices.ts";
import type { BlockSnapshotRow, BlockVolumeRow } from "./rows.ts";
import { snapshotRoutes } from "./snapshot-routes.ts";
import { volumeRoutes } from "./volume-routes.ts";
import { blockSteps, volumeType } from "./volume-states.ts";

/** Block storage; v1alpha1 answers like v1. */
export function block(catalog: Catalog): Product {
  const routes = ["/block/v1", "/block/v1alpha1"].flatMap((base) => [
    ...volumeRoutes(base),
    ...snapshotRoutes(base, catalog),
  ]);
  return {
    routes,
    steps: blockSteps,
    holds: {
      blockVolume: holding<BlockVolumeRow>({
        kind: "volume",
        price: (row) => (row.size / 1e9) * PRICES.blockGb[volumeType(row)],
      }),
      blockSnapshot: holding<BlockSnapshotRow>({
        kind: "snapshot",
        price: (row) => (row.size / 1e9) * PRICES.blockSnapshotGb,
      }),
    },
  };
}
