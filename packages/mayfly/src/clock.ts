/** The two clocks of a process, and the only way to wait. */
export interface Clock {
  /** Wall clock, epoch milliseconds. It may jump. */
  now(): number;
  /** Milliseconds since some fixed moment. It never jumps. */
  monotonic(): number;
  /** Resolves after `ms`; rejects with the signal's reason when aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

// setTimeout of more than 2^31 ms fires at once.
const LONGEST_TIMEOUT_MS = 3_600_000;

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  async sleep(ms, signal) {
    signal?.throwIfAborted();
    for (let left = ms; left > 0; left -= LONGEST_TIMEOUT_MS)
      await timeout(Math.min(left, LONGEST_TIMEOUT_MS), signal);
  },
};

function timeout(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    if (signal?.aborted) return reject(signal.reason);
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", abort);
      resolve();
    }, ms);
    signal?.addEventListener("abort", abort, { once: true });
  });
}
