import type { Clock } from "../clock.ts";
import type { Random } from "../random.ts";
import { createBucket } from "./bucket.ts";
import type { Bucket } from "./bucket.ts";

/** Deletes end what bills; they are never behind a storm of creates. */
export type CallClass = "read" | "create" | "delete";

/** In front of one account: so many calls a second, and those first that matter most. */
export interface Limiter {
  /** Resolves when the call may go out. */
  enter(of: CallClass, signal?: AbortSignal): Promise<void>;
  /** The cloud said that it is too much: nothing goes out for `ms`. */
  hold(ms: number): void;
  /** Others call by this account too: from now on each takes its calls out of this bucket. */
  share(bucket: (rate: Rate) => Bucket): void;
  /** Calls let through so far. */
  counts(): Record<CallClass, number>;
}

export interface Rate {
  callsPerSecond: number;
  /** How many calls may be saved up. */
  burst: number;
}

export interface LimiterOptions {
  clock: Clock;
  random: Random;
  /** @default 20 */
  callsPerSecond?: number;
  /** @default what two seconds let through */
  burst?: number;
}

interface Waiter {
  resolve: () => void;
}

const AGAIN_MS = 1_000;

export function createLimiter(options: LimiterOptions): Limiter {
  const { clock, random, callsPerSecond = 20, burst = 2 * callsPerSecond } = options;
  const queues: Record<CallClass, Waiter[]> = { read: [], create: [], delete: [] };
  const counts: Record<CallClass, number> = { read: 0, create: 0, delete: 0 };
  const rate = { callsPerSecond, burst };
  let bucket = createBucket(clock, rate);
  let heldUntil = -Infinity;
  let pumping = false;
  let lastWasDelete = false;

  const waiting = () => queues.read.length + queues.create.length + queues.delete.length;

  // While deletes wait, every other call is a delete.
  const nextClass = (): CallClass | undefined => {
    const { read, create, delete: remove } = queues;
    const other = read.length > 0 ? "read" : create.length > 0 ? "create" : undefined;
    if (remove.length > 0 && (other === undefined || !lastWasDelete)) return "delete";
    return other;
  };

  const letOut = () => {
    const of = nextClass();
    if (of === undefined) return;
    counts[of] += 1;
    lastWasDelete = of === "delete";
    queues[of].shift()!.resolve();
  };

  const until = async (at: number) => {
    for (let left = at - clock.monotonic(); left > 0; left = at - clock.monotonic())
      await clock.sleep(Math.ceil(left));
  };

  /** Whose turn it is is seen when the turn has come. */
  const pump = async () => {
    while (waiting() > 0) {
      await until(heldUntil);
      const calls = Math.min(waiting(), bucket.mostAtOnce);
      if (calls === 0) return;
      try {
        const waitMs = await bucket.take(calls);
        await until(clock.monotonic() + waitMs);
      } catch {
        // The bucket has said what is wrong with it. Nobody calls more often than he may know that he may.
        await clock.sleep(AGAIN_MS);
        continue;
      }
      await until(heldUntil);
      for (let left = calls; left > 0; left--) letOut();
    }
  };

  const begin = () => {
    if (pumping) return;
    pumping = true;
    void pump().finally(() => {
      pumping = false;
      if (waiting() > 0) begin();
    });
  };

  return {
    enter(of, signal) {
      if (signal?.aborted) return Promise.reject(signal.reason);
      return new Promise((resolve, reject) => {
        const waiter: Waiter = {
          resolve: () => {
            signal?.removeEventListener("abort", leave);
            resolve();
          },
        };
        const leave = () => {
          queues[of] = queues[of].filter((other) => other !== waiter);
          reject(signal?.reason);
        };
        signal?.addEventListener("abort", leave, { once: true });
        queues[of].push(waiter);
        begin();
      });
    },
    hold(ms) {
      // Not all at the same moment afterwards.
      const heldMs = ms * (1 + 0.25 * random.fraction());
      heldUntil = Math.max(heldUntil, clock.monotonic() + heldMs);
      bucket.hold(heldMs);
    },
    share: (of) => void (bucket = of(rate)),
    counts: () => ({ ...counts }),
  };
}
