import type { Clock } from "../clock.ts";

/** The time by which endings are judged: this machine's clock once a cloud's clock agrees with it, else the earlier of the two. */
export interface TrustedTime {
  /** -Infinity while no cloud answer has spoken since the start or since the clocks diverged. */
  endNow(): number;
  /** A cloud answered, and this was its `Date` header; `sentAt`, by the monotonic clock, is when it was asked. */
  heard(cloudNow: number, sentAt?: number): void;
  /** How far the cloud's clock is ahead of ours, in ms; undefined while unknown. */
  skewMs(): number | undefined;
  /** By the monotonic clock: since when the wall clock has not jumped. */
  steadySince(): number;
}

const TOLERANCE_MS = 5_000;

export function createTrustedTime(clock: Clock, onDistrust: (message: string) => void): TrustedTime {
  let anchor = { wall: clock.now(), monotonic: clock.monotonic() };
  let skew: number | undefined;
  let steady = -Infinity;

  // A wall clock that moved against the monotonic one was set by somebody, or the machine slept.
  const watchForJumps = () => {
    const now = { wall: clock.now(), monotonic: clock.monotonic() };
    const drift = now.wall - anchor.wall - (now.monotonic - anchor.monotonic);
    if (Math.abs(drift) > TOLERANCE_MS) {
      anchor = now;
      steady = now.monotonic;
      skew = undefined;
      onDistrust(
        `the wall clock jumped by ${Math.round(drift / 1000)} s: nothing is ended until a cloud answers`,
      );
    }
    return now.wall;
  };

  return {
    endNow() {
      const wall = watchForJumps();
      if (skew === undefined) return -Infinity;
      return Math.abs(skew) <= TOLERANCE_MS ? wall : wall + Math.min(0, skew);
    },
    heard(cloudNow, sentAt = clock.monotonic()) {
      const wall = watchForJumps();
      const before = skew;
      // Anywhere between question and answer is agreement. The wall clock may have been set between the two: it is read once.
      const asked = wall - (clock.monotonic() - sentAt);
      const behindMs = Math.max(0, asked - cloudNow);
      skew = cloudNow > wall || behindMs > TOLERANCE_MS ? cloudNow - wall : -behindMs;
      const disagrees = Math.abs(skew) > TOLERANCE_MS;
      if (disagrees && (before === undefined || Math.abs(before) <= TOLERANCE_MS))
        onDistrust(`the cloud's clock differs by ${Math.round(skew / 1000)} s: the earlier time decides`);
    },
    skewMs: () => skew,
    steadySince: () => (watchForJumps(), steady),
  };
}
