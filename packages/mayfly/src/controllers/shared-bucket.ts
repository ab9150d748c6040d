import type { Bucket } from "../providers/bucket.ts";
import type { Rate } from "../providers/limiter.ts";
import type { Ports } from "./ports.ts";

/** A process that has taken calls and dies wastes no more than what a tenth of a second lets through. */
const TURNS_PER_SECOND = 10;

/** The bucket of an account by which several processes call: it lies in their store, and who calls takes out of it. */
export function createSharedBucket(
  { store, clock, log }: Pick<Ports, "store" | "clock" | "log">,
  account: string,
  { callsPerSecond, burst }: Rate,
): Bucket {
  const callMs = 1_000 / callsPerSecond;
  const mostAtOnce = Math.max(1, Math.floor(callsPerSecond / TURNS_PER_SECOND));
  const burstMs = Math.max(mostAtOnce, burst) * callMs;
  return {
    async take(calls) {
      const now = clock.now();
      try {
        return Math.max(
          0,
          (await store.takeCalls(account, { now, costMs: calls * callMs, burstMs })) - clock.now(),
        );
      } catch (error) {
        log.warn({ account, err: error }, "calls wait: the database that counts them is not to be reached");
        throw error;
      }
    },
    hold(ms) {
      const now = clock.now();
      store.holdCalls(account, { now, until: now + ms }).catch((error: unknown) => {
        log.warn(
          { account, err: error },
          "the other processes were not told that the cloud wants fewer calls",
        );
      });
    },
    mostAtOnce,
  };
}
