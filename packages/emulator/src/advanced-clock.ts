/** A clock that can be put forward. */
export interface AdvancedClock {
  now(): number;
  advance(ms: number): void;
  /** How far it is ahead of the clock under it. */
  advancedMs(): number;
}

export function createAdvancedClock(now: () => number): AdvancedClock {
  let ahead = 0;
  return {
    now: () => now() + ahead,
    advance(ms) {
      ahead += ms;
    },
    advancedMs: () => ahead,
  };
}
