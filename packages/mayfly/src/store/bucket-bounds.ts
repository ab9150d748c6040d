/** A bucket that is empty for longer than this from now was emptied by a clock that was wrong, and is full. */
const LONGEST_EMPTY_MS = 600_000;

/** What a bucket is compared with and becomes, each a moment: one that has been filling since `floor` is full. */
export const bucketBounds = (now: number, { costMs = 0, burstMs = 0 } = {}) => ({
  floor: now - burstMs,
  /** Of a full one, after these calls were taken. */
  full: now - burstMs + costMs,
  cost: costMs,
  most: now + LONGEST_EMPTY_MS,
});
