import { LEASE_MS, RENEW_EVERY_MS } from "./leases.ts";
import { nap } from "./nap.ts";
import type { Ports } from "./ports.ts";

/** Stands before the token of each process among the duties. */
export const PRESENCE = "worker/";

/** Has the others know that this process is there, until the signal aborts. One that dies is there until its presence ends. */
export async function bePresent(
  { store, clock, log }: Pick<Ports, "store" | "clock" | "log">,
  token: string,
  signal: AbortSignal,
): Promise<void> {
  const name = `${PRESENCE}${token}`;
  while (!signal.aborted) {
    const now = clock.now();
    try {
      await store.takeDuty(name, { token, now, until: now + LEASE_MS });
    } catch (error) {
      log.warn({ err: error }, "this process could not say that it is there");
    }
    await nap(clock, RENEW_EVERY_MS, signal);
  }
  try {
    await store.leaveDuty(name, token);
  } catch (error) {
    log.warn({ err: error }, "this process could not say that it goes; it is told as there a little longer");
  }
}
