import type { Clock } from "../../clock.ts";

/** The value kept for `key`, else what `load` brings; callers at the same time share one load. A failure is not kept. */
export type Kept<Value> = (key: string, load: () => Promise<Value>) => Promise<Value>;

/** Keeps what was asked for ten minutes; the oldest of many goes first. */
export function createCache<Value>(clock: Clock): Kept<Value> & { forget(): void } {
  const kept = new Map<string, { since: number; value: Promise<Value> }>();
  const get: Kept<Value> = (key, load) => {
    const hit = kept.get(key);
    if (hit !== undefined && clock.monotonic() - hit.since < TTL_MS) return hit.value;
    const entry = { since: clock.monotonic(), value: load() };
    kept.delete(key);
    kept.set(key, entry);
    for (const oldest of kept.keys()) if (kept.size > MOST_KEPT) kept.delete(oldest);
    entry.value.catch(() => {
      if (kept.get(key) === entry) kept.delete(key);
    });
    return entry.value;
  };
  return Object.assign(get, { forget: () => kept.clear() });
}

const TTL_MS = 600_000;
const MOST_KEPT = 500;
