/** For at least a week a repeat with the same idempotency key is known; then the next insert with a key forgets it. */
export const KEYS_KEPT_MS = 7 * 86_400_000;
