import type { World } from "../../world.ts";
import { objects } from "./rows.ts";
import type { BucketRow, ObjectRow } from "./rows.ts";

type NewVersion = Pick<
  ObjectRow,
  "name" | "isMarker" | "contentType" | "base64" | "size" | "etag" | "acl" | "checksum"
>;

/** A new version of an object. Without versions there is one, which is replaced. */
export function putVersion(world: World, bucket: BucketRow, given: NewVersion, at: number): ObjectRow {
  const isKept = bucket.versioning === "Enabled";
  const versionId = isKept ? String(1e15 + world.store.next("object version")) : "null";
  const id = `${bucket.name}/${versionId}/${given.name}`;
  objects(world).remove(id, at);
  const place = { id, versionId, bucket: bucket.name, zone: bucket.zone };
  return objects(world).put({ ...given, ...place, tags: [], createdAt: at, tagging: null }, at);
}
