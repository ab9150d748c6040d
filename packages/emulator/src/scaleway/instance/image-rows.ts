import type { Index, Row, Table } from "../../table.ts";
import type { World } from "../../world.ts";
import { inPlace } from "../listed.ts";

/** A snapshot in an image: a local one, or one of the block product. */
export interface ImageVolume {
  readonly kind: "l_ssd" | "sbs_snapshot";
  readonly id: string;
}

/** An image that a customer made. */
export interface ImageRow extends Row {
  readonly projectId: string;
  readonly modifiedAt: number;
  readonly arch: string;
  readonly public: boolean;
  readonly root: ImageVolume;
  /** By slot. */
  readonly extra: Readonly<Record<string, ImageVolume>>;
  /** The server that it is a backup of, or empty. */
  readonly fromServer: string;
}

export function volumesOf(row: Pick<ImageRow, "root" | "extra">): ImageVolume[] {
  return [row.root, ...Object.values(row.extra)];
}

/** Images of a zone by the snapshots in them. */
export const bySnapshot: Index<ImageRow> = (row) => volumesOf(row).map(({ id }) => inPlace(row.zone, id));

export const images = (world: World): Table<ImageRow> => world.store.table<ImageRow>("image");
