import { AssertionError } from "node:assert/strict";

export interface EventuallyOptions {
  /** Generous: only a failure takes so long. */
  boundMs: number;
  /** @default 100 */
  everyMs?: number;
}

/** Looks again and again until what is asserted holds, and answers what the look answered; the last refutation when it never does. */
export async function eventually<T>(look: () => Promise<T> | T, options: EventuallyOptions): Promise<T> {
  const { boundMs, everyMs = 100 } = options;
  const until = performance.now() + boundMs;
  for (;;) {
    try {
      return await look();
    } catch (error) {
      if (!(error instanceof AssertionError) || performance.now() >= until) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
