import type { Clock } from "../clock.ts";

export interface Cache<Value> {
  /** The value kept for `key`, else what `load` brings; callers at the same time share one load. A failure is not kept. */
  get(key: string, load: () => Promise<Value>): Promise<Value>;
  clear(): void;
}

export function createCache<Value>(options: {
  clock: Clock;
  ttlMs: number;
  /** The oldest goes first. @default 500 */
  limit?: number;
}): Cache<Value> {
  const { clock, ttlMs, limit = 500 } = options;
  const kept = new Map<string, { since: number; value: Promise<Value> }>();
  return {
    clear: () => kept.clear(),
    get(key, load) {
      const hit = kept.get(key);
      if (hit !== undefined && clock.monotonic() - hit.since < ttlMs) return hit.value;
      const entry = { since: clock.monotonic(), value: load() };
      kept.delete(key);
      kept.set(key, entry);
      for (const oldest of kept.keys()) if (kept.size > limit) kept.delete(oldest);
      entry.value.catch(() => {
        if (kept.get(key) === entry) kept.delete(key);
      });
      return entry.value;
    },
  };
}
