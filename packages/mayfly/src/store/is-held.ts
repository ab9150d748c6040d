import type { Lease } from "../lifecycle/instance.ts";

/** A lease ends at its `until`: at that moment the row is free. */
export const isHeld = (lease: Lease | undefined, now: number): boolean =>
  lease !== undefined && lease.until > now;
