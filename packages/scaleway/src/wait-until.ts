import { ScalewayCallError } from "./call-error.ts";
import type { Clock } from "./clock.ts";

export interface WaitOptions {
  clock: Clock;
  /** For messages: `volume 1234`. */
  what: string;
  signal?: AbortSignal;
  /** @default 300_000 */
  timeoutMs?: number;
  /** Between two looks. @default 5_000 */
  everyMs?: number;
  /** Between the first two; it doubles until it is `everyMs`. @default everyMs */
  firstMs?: number;
}

/**
 * Looks, at once and then at intervals, until there is something to return; `undefined` means not yet.
 * Past the deadline it throws with kind `unavailable`, aborted with the signal's reason.
 */
export async function waitUntil<Result>(
  look: () => Promise<Result | undefined>,
  options: WaitOptions,
): Promise<Result> {
  const { clock, signal, timeoutMs = 300_000, everyMs = 5_000 } = options;
  let restMs = Math.min(options.firstMs ?? everyMs, everyMs);
  const deadline = clock.monotonic() + timeoutMs;
  for (;;) {
    signal?.throwIfAborted();
    const result = await look();
    if (result !== undefined) return result;
    const leftMs = deadline - clock.monotonic();
    if (leftMs <= 0) throw tooLate(options.what, timeoutMs);
    await clock.sleep(Math.min(restMs, leftMs), signal);
    restMs = Math.min(restMs * 2, everyMs);
  }
}

/** Looks until there is no such thing any more: kind `not_found` is the success. */
export async function waitUntilGone(look: () => Promise<unknown>, options: WaitOptions): Promise<void> {
  await waitUntil(async () => {
    try {
      await look();
      return undefined;
    } catch (error) {
      if (error instanceof ScalewayCallError && error.kind === "not_found") return true;
      throw error;
    }
  }, options);
}

function tooLate(what: string, timeoutMs: number): ScalewayCallError {
  return new ScalewayCallError({
    kind: "unavailable",
    operation: `wait for ${what}`,
    explanation: `not there within ${timeoutMs / 1000} s`,
  });
}
