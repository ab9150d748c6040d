import type { ServerTypeSeed } from "./server-type-seed.ts";

/** Server types that are named for what goes wrong with them. */
export const SENTINELS = {
  outOfStock: "MAYFLY-OUT-OF-STOCK",
  quota: "MAYFLY-QUOTA",
  neverBoots: "MAYFLY-NEVER-BOOTS",
  lostAnswer: "MAYFLY-LOST-ANSWER",
  busy: "MAYFLY-BUSY",
  stockLate: "MAYFLY-STOCK-LATE",
  guestFails: "MAYFLY-GUEST-FAILS",
} as const;

/** How many creates of the busy type meet the rate limit. */
export const BUSY_CREATES = 2;

export const SENTINEL_TYPES: readonly ServerTypeSeed[] = Object.values(SENTINELS).map((name) => ({
  name,
  arch: "x86_64",
  ncpus: 1,
  ramMib: 1024,
  localGb: 10,
  monthly: 0.73,
  hourly: 0.001,
  mbit: [100, 100],
  blockMib: 50,
  zones: "0123456789",
}));
