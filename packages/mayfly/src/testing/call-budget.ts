import type { Clock } from "../clock.ts";

/** What a limiter promises the cloud: so many calls a second, with a burst. */
export interface CallBudget {
  spend(): void;
}

const [CALLS_PER_SECOND, BURST] = [20, 40];

/** @param complain called once for each call beyond the budget */
export function createCallBudget(clock: Clock, complain: (complaint: string) => void): CallBudget {
  let tokens = BURST;
  let at = clock.now();
  return {
    spend() {
      const now = clock.now();
      tokens = Math.min(BURST, tokens + ((now - at) / 1_000) * CALLS_PER_SECOND) - 1;
      at = now;
      // A call that was on its way while another waited may arrive with it.
      if (tokens < -1) complain("a process calls the cloud more often than its limiter may let it");
    },
  };
}
