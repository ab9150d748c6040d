import type { Call } from "../../http/route.ts";
import { placeOf } from "../listed.ts";
import { StorageError } from "./storage-error.ts";
import { buckets } from "./rows.ts";
import type { BucketRow } from "./rows.ts";

/** The bucket that the request is about: a region knows only its own. */
export function bucketOf(call: Call): BucketRow {
  const row = buckets(call.world).get(call.params.bucket ?? "");
  if (row?.zone !== placeOf(call)) throw new StorageError("NoSuchBucket");
  return row;
}
