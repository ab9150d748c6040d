import { ScalewayCallError, waitUntil } from "@mayfly/scaleway";
import type { CallErrorKind, Clock } from "@mayfly/scaleway";

/** The rhythm of every wait: a machine boots in five seconds, a database in five minutes. */
export const RHYTHM = { firstMs: 500, everyMs: 5_000 } as const;

const BUSY: readonly CallErrorKind[] = ["conflict", "rate_limited", "unavailable"];

/**
 * Deletes, again and again while the cloud is busy or does not answer: what held a thing lets go of it late. What is gone
 * already was the aim. Past the bound it throws the last refusal.
 */
export async function discard(
  clock: Clock,
  what: string,
  call: () => Promise<unknown>,
  timeoutMs = 120_000,
): Promise<void> {
  const deadline = clock.monotonic() + timeoutMs;
  const attempt = async () => {
    try {
      await call();
    } catch (error) {
      if (!(error instanceof ScalewayCallError)) throw error;
      if (error.kind === "not_found") return true;
      if (!BUSY.includes(error.kind) || clock.monotonic() >= deadline) throw error;
      return undefined;
    }
    return true;
  };
  await waitUntil(attempt, { clock, what, timeoutMs, ...RHYTHM });
}
