/** Types of machine that misbehave, named for what they do. Out of stock is so only most of the time. */
export const FAKE_SENTINELS = {
  outOfStock: "out-of-stock",
  overQuota: "over-quota",
  neverBoots: "never-boots",
} as const;
