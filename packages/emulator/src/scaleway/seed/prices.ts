/** Euros an hour from Scaleway's public price list of 2026; servers have theirs in their type. Not recorded: estimates. */
export const PRICES = {
  ipv4: 0.004,
  blockGb: { sbs_5k: 0.000118, sbs_15k: 0.000177 },
  blockSnapshotGb: 0.000044,
  localGb: 0.000055,
  localSnapshotGb: 0.000055,
} as const;
