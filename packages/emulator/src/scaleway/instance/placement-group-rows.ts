import type { Index, Row, Table } from "../../table.ts";
import type { World } from "../../world.ts";
import type { ServerRow } from "./rows.ts";

/** One store under v1, which alone knows the mode, and v2alpha1. */
export interface PlacementGroupRow extends Row {
  readonly projectId: string;
  readonly modifiedAt: number;
  readonly policyMode: "optional" | "enforced";
  readonly policyType: "max_availability" | "low_latency";
}

export const byPlacementGroup: Index<ServerRow> = (row) =>
  row.placementGroupId ? [row.placementGroupId] : [];

export const placementGroups = (world: World): Table<PlacementGroupRow> =>
  world.store.table<PlacementGroupRow>("placementGroup");
