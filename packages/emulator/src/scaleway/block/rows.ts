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
}

export interface BlockSnapshotRow extends Row {
  readonly projectId: string;
  readonly modifiedAt: number;
  readonly status: "creating" | "available";
  readonly size: number;
  readonly volumeId: string;
  readonly volumeName: string;
  readonly volumeType: string;
  readonly public: boolean;
}

/** Volumes of a zone by the server that has them. */
export const byHolder: Index<BlockVolumeRow> = (row) =>
  row.reference ? [inPlace(row.zone, row.reference.serverId)] : [];

export const blockVolumes = (world: World): Table<BlockVolumeRow> =>
  world.store.table<BlockVolumeRow>("blockVolume");
export const blockSnapshots = (world: World): Table<BlockSnapshotRow> =>
  world.store.table<BlockSnapshotRow>("blockSnapshot");
