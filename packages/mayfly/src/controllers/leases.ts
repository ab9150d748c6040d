import type { Clock } from "../clock.ts";
import type { Store } from "../store/store.ts";
import type { Log } from "./ports.ts";

export const LEASE_MS = 5_000;
const RENEW_EVERY_MS = 2_000;

/** This process's hold on the rows that it works on: one token, and one write that prolongs all of them. */
export interface Leases {
  token: string;
  /** Keeps leases alive until the returned function is called. */
  hold(): () => void;
}

export function createLeases(ports: { store: Store; clock: Clock; log: Log }, token: string): Leases {
  const { store, clock, log } = ports;
  let held = 0;
  let renewing = false;

  const renew = async () => {
    renewing = true;
    while (held > 0) {
      await clock.sleep(RENEW_EVERY_MS);
      if (held === 0) break;
      const now = clock.now();
      try {
        await store.renew(token, now, now + LEASE_MS);
      } catch (error) {
        // A lease that ends is safe: the writes of its holder are refused.
        log.warn({ err: error }, "leases could not be renewed");
      }
    }
    renewing = false;
  };

  return {
    token,
    hold() {
      held += 1;
      if (!renewing) void renew();
      let released = false;
      return () => {
        if (!released) held -= 1;
        released = true;
      };
    },
  };
}
