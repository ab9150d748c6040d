import type { Instance } from "../lifecycle/instance.ts";
import type { Observed, Sighting } from "../lifecycle/observed.ts";
import { lookOf } from "./look.ts";
import { LOOKS_COUNT_FOR_MS } from "./looks-count-for-ms.ts";
import { observedOf } from "./observed-of.ts";

/** A look from the future was written by a clock that was wrong. */
const FUTURE_MS = 5_000;

/**
 * What another process saw of this instance, as far as it counts for the row as it is now.
 * @param steadySince by the wall clock: since when that clock has not jumped
 */
export function readSighting(
  row: Instance,
  sighting: Sighting | undefined,
  { now, steadySince }: { now: number; steadySince: number },
): Observed {
  if (sighting?.actedAt !== row.actedAt) return {};
  return observedOf(row, (kind) => {
    const seen = sighting.looks[kind];
    if (!seen) return undefined;
    const { startedAt } = seen.inventory;
    const counts =
      startedAt >= Math.max(steadySince, now - LOOKS_COUNT_FOR_MS) && startedAt <= now + FUTURE_MS;
    return counts ? lookOf(seen.inventory, new Set(seen.asked), startedAt) : undefined;
  });
}
