import { holding } from "../../product.ts";
import type { Product } from "../../product.ts";
import type { Catalog } from "../catalog.ts";
import { PRICES } from "../seed/prices.ts";
import type { BlockSnapshotRow, BlockVolumeRow } from "./rows.ts";
import { snapshotRoutes } from "./snapshot-routes.ts";
import { snapshotSteps } from "./snapshot-states.ts";
import { volumeRoutes } from "./volume-routes.ts";
import { volumeSteps, volumeType } from "./volume-states.ts";
import { volumeTypeRoutes } from "./volume-type-routes.ts";

/** Block storage; v1alpha1 answers like v1, with a few fields less. */
export function block(catalog: Catalog): Product {
  const routes = ["/block/v1", "/block/v1alpha1"].flatMap((base) => [
    ...volumeRoutes(base),
    ...volumeTypeRoutes(base),
    ...snapshotRoutes(base, catalog),
  ]);
  return {
    routes,
    steps: { ...volumeSteps, ...snapshotSteps },
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
