import type { Blockv1 } from "@mayfly/scaleway";
import { readMarks } from "./marks.ts";
import type { SpareTwin } from "./ensure-named.ts";
import { holderOf } from "./volume.ts";

/** A volume as one of several of its name. One that a machine ever let go of may hold what somebody wrote: it is no spare. */
export function volumeTwin(volume: Blockv1.Volume): SpareTwin {
  const { id, tags, createdAt, status, lastDetachedAt } = volume;
  const isUnused = lastDetachedAt === undefined && holderOf(volume) === undefined;
  return {
    id,
    owner: readMarks(tags).owner,
    createdAt: createdAt?.getTime(),
    isSpare: isUnused && (status === "creating" || status === "available" || status === "error"),
  };
}
