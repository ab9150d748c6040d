import type { Clock } from "../clock.ts";
import type { Store } from "../store/store.ts";
import { nap } from "./nap.ts";

const ASK_EVERY_MS = 2_000;
const ASK_AGAIN_MS = 250;
/** An answer that took longer says too little. What is left of a lease when it is given up (`MARGIN_MS`) is twice as much. */
const MOST_MS = 250;

/**
 * The store's time on a machine whose own clock may differ: moments that different processes write into rows can be
 * compared. It is behind the store's clock by `MOST_MS` at most, and ahead of it by no more than the machines' clocks drift
 * apart between two answers.
 * This machine's wall clock is not read any more once the store was heard.
 */
export interface StoreClock extends Clock {
  /** Resolves when the store was heard for the first time; goes on listening to it until the signal aborts. */
  follow(store: Pick<Store, "now">, signal: AbortSignal): Promise<void>;
}

export function createStoreClock(base: Clock): StoreClock {
  /** What the store's clock said at monotonic 0. */
  let zero: number | undefined;

  async function ask(store: Pick<Store, "now">): Promise<boolean> {
    const askedAt = base.monotonic();
    const said = await store.now();
    const heardAt = base.monotonic();
    const tookMs = heardAt - askedAt;
    if (tookMs > MOST_MS) return false;
    // It said so somewhere between question and answer. What agrees with that is left as it is: time goes on evenly.
    const agrees = zero !== undefined && zero + heardAt >= said && zero + heardAt <= said + tookMs;
    if (!agrees) zero = said - heardAt;
    return true;
  }

  async function heard(store: Pick<Store, "now">): Promise<boolean> {
    try {
      return await ask(store);
    } catch {
      // Whoever needs the store says what is wrong with it; its clock is told on from the last answer.
      return false;
    }
  }

  return {
    now: () => (zero === undefined ? base.now() : Math.floor(zero + base.monotonic())),
    monotonic: base.monotonic,
    sleep: base.sleep,
    async follow(store, signal) {
      while (!signal.aborted && !(await heard(store))) await nap(base, ASK_AGAIN_MS, signal);
      void (async () => {
        while (!signal.aborted) {
          await nap(base, ASK_EVERY_MS, signal);
          if (!signal.aborted) await heard(store);
        }
      })();
    },
  };
}
