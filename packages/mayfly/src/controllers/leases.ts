import type { Clock } from "../clock.ts";
import { StoreError } from "../store/error.ts";
import type { Store } from "../store/store.ts";
import type { Log } from "./ports.ts";

export const LEASE_MS = 5_000;
export const RENEW_EVERY_MS = 2_000;
// What is begun with less than this left might arrive when the lease is over.
export const MARGIN_MS = 500;

/** This process's hold on the rows that it works on: one token, and one write that prolongs all of them. */
export interface Leases {
  token: string;
  /** Keeps the lease of a row alive that was claimed; `askedAt`, by the monotonic clock, is when. */
  hold(askedAt: number): Hold;
}

export interface Hold {
  /** Throws `lease_lost` when another worker may have the row by now: this process stood still for a while, say. */
  expectHeld(): void;
  letGo(): void;
}

export function createLeases(ports: { store: Store; clock: Clock; log: Log }, token: string): Leases {
  const { store, clock, log } = ports;
  /** By the monotonic clock: from when on each row's lease lasts. */
  const held = new Set<{ since: number }>();
  let renewing = false;

  const renew = async () => {
    renewing = true;
    while (held.size > 0) {
      await clock.sleep(RENEW_EVERY_MS);
      if (held.size === 0) break;
      const now = clock.now();
      const askedAt = clock.monotonic();
      try {
        await store.renew(token, now, now + LEASE_MS);
        // A lease that had ended is not prolonged: somebody else may have it.
        for (const row of held) if (askedAt - row.since < LEASE_MS) row.since = askedAt;
      } catch (error) {
        // A lease that ends is safe: the writes of its holder are refused.
        log.warn({ err: error }, "leases could not be renewed");
      }
    }
    renewing = false;
  };

  return {
    token,
    hold(askedAt) {
      const row = { since: askedAt };
      held.add(row);
      if (!renewing) void renew();
      return {
        expectHeld() {
          if (clock.monotonic() - row.since > LEASE_MS - MARGIN_MS)
            throw new StoreError("lease_lost", "this process stood still for longer than its lease lasts");
        },
        letGo: () => void held.delete(row),
      };
    },
  };
}
