import type { Index, Row, Table } from "../../table.ts";
import type { World } from "../../world.ts";

/** Its id is its name, which is nobody else's in any region; `zone` names the region. */
export interface BucketRow extends Row {
  readonly projectId: string;
  readonly versioning: "" | "Enabled" | "Suspended";
  /** A canned one, or the XML that was put. */
  readonly acl: string;
  /** What was put, by the name of the subresource: XML, and JSON of a policy. */
  readonly configurations: Readonly<Record<string, string>>;
}

/** One version of an object; its name is the key. */
export interface ObjectRow extends Row {
  readonly bucket: string;
  readonly versionId: string;
  /** Hides the versions before it. */
  readonly isMarker: boolean;
  readonly contentType: string;
  readonly base64: string;
  readonly size: number;
  readonly etag: string;
  readonly tagging: string | null;
  readonly acl: string;
  /** The kind of checksum that came with it. */
  readonly checksum: string | null;
}

export const byBucket: Index<ObjectRow> = (row) => [row.bucket];

export const buckets = (world: World): Table<BucketRow> => world.store.table<BucketRow>("bucket");
export const objects = (world: World): Table<ObjectRow> => world.store.table<ObjectRow>("object");
