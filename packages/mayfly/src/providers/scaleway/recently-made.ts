import type { Clock } from "../../clock.ts";
import { VISIBILITY_GAP_MS } from "./visibility-gap.ts";

/** What this process asked to be made of late: lists may not show it yet. */
export interface RecentlyMade {
  accepted(key: string, id: string): void;
  /** It may have been made, or not. */
  inDoubt(key: string): void;
  /** The id of what was accepted, until lists show it. */
  idOf(key: string): string | undefined;
  /** How long a list that shows nothing is not to be believed yet; 0 when nothing is in doubt. */
  doubtfulMs(key: string): number;
}

export function createRecentlyMade(clock: Clock): RecentlyMade {
  const kept = new Map<string, { at: number; id?: string }>();
  const keep = (key: string, id?: string) => {
    for (const [old, { at }] of kept) if (leftMs(at) <= 0) kept.delete(old);
    kept.set(key, { at: clock.monotonic(), id });
  };
  const leftMs = (at: number) => at + VISIBILITY_GAP_MS - clock.monotonic();
  const recent = (key: string) => {
    const one = kept.get(key);
    return one === undefined || leftMs(one.at) <= 0 ? undefined : one;
  };
  return {
    accepted: (key, id) => keep(key, id),
    inDoubt: (key) => keep(key),
    idOf: (key) => recent(key)?.id,
    doubtfulMs(key) {
      const one = recent(key);
      return one === undefined || one.id !== undefined ? 0 : leftMs(one.at);
    },
  };
}
