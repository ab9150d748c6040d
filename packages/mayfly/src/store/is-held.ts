/** A lease that ends later than this from now was written by a clock that was wrong, and holds nothing. */
export const LONGEST_LEASE_MS = 60_000;

/** A lease ends at its `until`: at that moment the row is free. */
export const isHeld = (until: number | null | undefined, now: number): boolean =>
  until !== null && until !== undefined && until > now && until <= now + LONGEST_LEASE_MS;
