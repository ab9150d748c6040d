import type { Index, Row, Table } from "../../table.ts";
import type { World } from "../../world.ts";
import { inPlace } from "../listed.ts";

/** A snapshot of a local volume; those of block volumes belong to the block product. */
export interface SnapshotRow extends Row {
  readonly projectId: string;
  readonly modifiedAt: number;
  readonly size: number;
  readonly state: "available" | "snapshotting" | "importing" | "exporting";
  /** Null when it came from a bucket. */
  readonly baseVolume: { readonly id: string; readonly name: string } | null;
}

/** Snapshots of a zone by the volume that they were made of. */
export const byBaseVolume: Index<SnapshotRow> = (row) =>
  row.baseVolume ? [inPlace(row.zone, row.baseVolume.id)] : [];

export const snapshots = (world: World): Table<SnapshotRow> => world.store.table<SnapshotRow>("snapshot");
