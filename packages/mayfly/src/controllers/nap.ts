import type { Clock } from "../clock.ts";

/** Sleeps so long, or until one of these signals aborts. */
export async function nap(clock: Pick<Clock, "sleep">, ms: number, ...until: AbortSignal[]): Promise<void> {
  try {
    await clock.sleep(ms, AbortSignal.any(until));
  } catch (error) {
    if (!until.some((signal) => signal.aborted)) throw error;
  }
}
