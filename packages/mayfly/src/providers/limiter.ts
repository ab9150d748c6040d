import type { Clock } from "../clock.ts";
import type { Random } from "../random.ts";

/** Deletes end what bills; they are never behind a storm of creates. */
export type CallClass = "read" | "create" | "delete";

/** One token bucket in front of one account. */
export interface Limiter {
  /** Resolves when the call may go out. */
  enter(of: CallClass, signal?: AbortSignal): Promise<void>;
  /** The cloud said that it is too much: nothing goes out for `ms`. */
  hold(ms: number): void;
  /** Others call by this account too, each behind a limiter like this: it lets through so much of the whole, above 0. @default 1 */
  share(part: number): void;
  /** Calls let through so far. */
  counts(): Record<CallClass, number>;
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

export function createLimiter(options: LimiterOptions): Limiter {
  const { clock, random, callsPerSecond = 20, burst = 2 * callsPerSecond } = options;
  const queues: Record<CallClass, Waiter[]> = { read: [], create: [], delete: [] };
  const counts: Record<CallClass, number> = { read: 0, create: 0, delete: 0 };
  let part = 1;
  const mostTokens = () => Math.max(1, burst * part);
  const rate = () => callsPerSecond * part;
  let tokens = burst;
  let filledAt = clock.monotonic();
  let heldUntil = 0;
  let timer = false;
  let lastWasDelete = false;

  const refill = () => {
    const now = clock.monotonic();
    tokens = Math.min(mostTokens(), tokens + (Math.max(0, now - filledAt) / 1000) * rate());
    filledAt = Math.max(filledAt, now);
  };

  // While deletes wait, every other call is a delete.
  const nextClass = (): CallClass | undefined => {
    const { read, create, delete: remove } = queues;
    const other = read.length > 0 ? "read" : create.length > 0 ? "create" : undefined;
    if (remove.length > 0 && (other === undefined || !lastWasDelete)) return "delete";
    return other;
  };

  const pump = () => {
    refill();
    while (clock.monotonic() >= heldUntil && tokens >= 1) {
      const of = nextClass();
      if (of === undefined) return;
      tokens -= 1;
      counts[of] += 1;
      lastWasDelete = of === "delete";
      queues[of].shift()!.resolve();
    }
    if (!timer && nextClass() !== undefined) void wait();
  };

  const wait = async () => {
    timer = true;
    const forToken = ((1 - tokens) / rate()) * 1000;
    await clock.sleep(Math.max(1, Math.ceil(Math.max(forToken, heldUntil - clock.monotonic()))));
    timer = false;
    pump();
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
        pump();
      });
    },
    hold(ms) {
      // Not all at the same moment afterwards.
      heldUntil = Math.max(heldUntil, clock.monotonic() + ms * (1 + 0.25 * random.fraction()));
      refill();
      tokens = Math.min(tokens, 1);
      // Nothing is saved up meanwhile.
      filledAt = heldUntil;
    },
    share(ofAll) {
      // What was saved up until now was saved at the rate of then.
      refill();
      part = Math.min(1, ofAll);
      tokens = Math.min(tokens, mostTokens());
    },
    counts: () => ({ ...counts }),
  };
}
