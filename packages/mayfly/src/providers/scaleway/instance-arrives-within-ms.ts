/** For so long an instance may be on its way to a double of what it wants: who told it the id did not see the older one. */
export const INSTANCE_ARRIVES_WITHIN_MS = 600_000;
