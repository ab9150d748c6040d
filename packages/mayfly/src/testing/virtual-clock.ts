import { setImmediate as turn } from "node:timers/promises";
import type { Clock } from "../clock.ts";

/** Time that passes only when it is told to. */
export interface VirtualClock extends Clock {
  /** Lets so much time go by: sleepers wake in the order of their times, and what follows from one settles before the next. */
  advance(ms: number): Promise<void>;
  /** When the next sleeper wakes, by `now()`; undefined when nobody sleeps. */
  nextAt(): number | undefined;
  /** Somebody sets the wall clock: no time goes by. */
  jumpWall(ms: number): void;
}

interface Sleeper {
  /** By the monotonic clock. */
  at: number;
  wake(): void;
}

/** @param options.startAt what `now()` says first. @default 2030-01-01 */
export function createVirtualClock({
  startAt = Date.UTC(2030, 0, 1),
}: { startAt?: number } = {}): VirtualClock {
  // Ordered by time; of the same time, who came first is first.
  const sleepers: Sleeper[] = [];
  let monotonic = 0;
  let epoch = startAt;

  return {
    now: () => epoch + monotonic,
    monotonic: () => monotonic,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        if (ms <= 0) return resolve();
        // Whole milliseconds, as timers have: sums of fractions would never quite meet the wall clock.
        const sleeper = { at: Math.ceil(monotonic + ms), wake };
        sleepers.splice(placeOf(sleeper.at, sleepers), 0, sleeper);
        signal?.addEventListener("abort", abort, { once: true });

        function wake() {
          signal?.removeEventListener("abort", abort);
          resolve();
        }
        function abort() {
          sleepers.splice(sleepers.indexOf(sleeper), 1);
          reject(signal?.reason);
        }
      }),
    async advance(ms) {
      const end = monotonic + ms;
      await turn();
      while (sleepers[0] && sleepers[0].at <= end) {
        const next = sleepers.shift()!;
        monotonic = next.at;
        next.wake();
        await turn();
      }
      monotonic = end;
    },
    nextAt: () => (sleepers[0] ? epoch + sleepers[0].at : undefined),
    jumpWall(ms) {
      epoch += ms;
    },
  };
}

/** Behind all that are earlier or equal. */
function placeOf(at: number, sleepers: Sleeper[]): number {
  let [low, high] = [0, sleepers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sleepers[middle]!.at <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}
