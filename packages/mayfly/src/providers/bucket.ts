import type { Clock } from "../clock.ts";
import type { Rate } from "./limiter.ts";

/** Of calls: they come into it at a rate, and so many are saved up at most. */
export interface Bucket {
  /** Takes calls out, the next of all. Answers after how many ms they may go out. */
  take(calls: number): Promise<number>;
  /** It is empty, and stays so for `ms`. */
  hold(ms: number): void;
  /** How many are taken at once, where more want to go out. */
  mostAtOnce: number;
}

/** The bucket of an account by which one process calls. */
export function createBucket(clock: Pick<Clock, "monotonic">, { callsPerSecond, burst }: Rate): Bucket {
  const callMs = 1_000 / callsPerSecond;
  const burstMs = Math.max(1, burst) * callMs;
  /** By the monotonic clock. It is the more full the longer that is ago. */
  let emptyUntil = -Infinity;
  return {
    async take(calls) {
      const now = clock.monotonic();
      emptyUntil = Math.max(emptyUntil, now - burstMs) + calls * callMs;
      return Math.max(0, emptyUntil - now);
    },
    hold(ms) {
      emptyUntil = Math.max(emptyUntil, clock.monotonic() + ms);
    },
    mostAtOnce: 1,
  };
}
