import type { Index, Row, Table } from "../../table.ts";
import type { World } from "../../world.ts";
import { inPlace } from "../listed.ts";

export interface Reference {
  readonly id: string;
  readonly serverId: string;
  readonly createdAt: number;
  readonly status: "attaching" | "attached" | "detaching";
}

export interface BlockVolumeRow extends Row {
  readonly projectId: string;
  readonly modifiedAt: number;
  readonly status: "creating" | "available" | "in_use" | "updating";
  readonly epoch: number;
  readonly size: number;
  readonly iops: number;
  /** What an accepted resize leads to. */
  readonly next: { readonly size: number; readonly iops: number } | null;
  readonly reference: Reference | null;
  readonly parentSnapshotId: string | null;
  readonly lastDetachedAt: number | null;
  /** Its data still lies with the public image that it began with. */
  readonly borrowed?: boolean;
}

/** An image that holds a snapshot. */
export interface SnapshotLink {
  readonly id: string;
  readonly imageId: string;
  readonly createdAt: number;
}

export interface BlockSnapshotRow extends Row {
  readonly projectId: string;
  readonly modifiedAt: number;
  readonly status: "creating" | "available" | "exporting";
  readonly size: number;
  /** Null when it came from a bucket. */
  readonly volumeId: string | null;
  readonly public: boolean;
  readonly links: readonly SnapshotLink[];
  /** What copies a public image's data while the snapshot is made. */
  readonly copying: { readonly id: string; readonly createdAt: number } | null;
}

/** Volumes of a zone by the server that has them. */
export const byHolder: Index<BlockVolumeRow> = (row) =>
  row.reference ? [inPlace(row.zone, row.reference.serverId)] : [];

/** Snapshots of a zone by the volume that they were made of. */
export const bySnapshotVolume: Index<BlockSnapshotRow> = (row) =>
  row.volumeId === null ? [] : [inPlace(row.zone, row.volumeId)];

export const blockVolumes = (world: World): Table<BlockVolumeRow> =>
  world.store.table<BlockVolumeRow>("blockVolume");
export const blockSnapshots = (world: World): Table<BlockSnapshotRow> =>
  world.store.table<BlockSnapshotRow>("blockSnapshot");
