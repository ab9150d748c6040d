import { RedisError } from "../redis/error.ts";
import type { SwimPorts } from "./swim-ports.ts";

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;
/** What went well for so long is not the same trouble any more. */
const LASTED_MS = 30_000;
/** Failures: about every five minutes while the pause is the longest. */
const SAID_EVERY = 40;

/** Does it again and again until the signal aborts; after a failure with a pause that grows, and is never quite the same. */
export async function keepAt(
  { clock, random, log }: Pick<SwimPorts, "clock" | "random" | "log">,
  what: string,
  signal: AbortSignal,
  work: () => Promise<void>,
): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    const began = clock.monotonic();
    try {
      await work();
      failures = 0;
    } catch (error) {
      if (signal.aborted) return;
      if (clock.monotonic() - began > LASTED_MS) failures = 0;
      const pauseMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures);
      failures += 1;
      if (failures === 1 || failures % SAID_EVERY === 0)
        log.warn({ ...cause(error), failures }, `${what}: it failed, and is tried again`);
      await napped(clock, pauseMs * (0.5 + random.fraction() / 2), signal);
    }
  }
}

/** That Redis is away is no riddle: where it happened in here helps nobody. */
const cause = (error: unknown): object =>
  error instanceof RedisError ? { cause: error.message } : { err: error };

/** Sleeps so long, or until the signal aborts. */
export async function napped(clock: SwimPorts["clock"], ms: number, signal: AbortSignal): Promise<void> {
  try {
    await clock.sleep(ms, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
