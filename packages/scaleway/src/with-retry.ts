import { ScalewayCallError } from "./call-error.ts";
import type { Clock } from "./clock.ts";
import type { Fetch } from "./fetch-chain.ts";

export interface RetryOptions {
  clock: Clock;
  /** A number in [0, 1), for jitter. */
  random: { fraction(): number };
  /** How often a read is repeated. */
  retries: number;
}

/** Repeats what only reads, when the answer is lost, late, 5xx or 429. A change is never repeated here. */
export function withRetry(next: Fetch, options: RetryOptions): Fetch {
  const { clock, random, retries } = options;
  return async (request) => {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await next(request);
      } catch (error) {
        if (attempt >= retries || request.signal.aborted || !mayRepeat(request, error)) throw error;
        const backoffMs = FIRST_BACKOFF_MS * 2 ** attempt * (0.5 + random.fraction() / 2);
        const askedMs = error.retryAfterMs ?? 0;
        if (askedMs > LONGEST_WAIT_MS) throw error;
        await clock.sleep(Math.max(backoffMs, askedMs), request.signal).catch(() => {
          throw error;
        });
      }
    }
  };
}

const FIRST_BACKOFF_MS = 1_000;
/** A longer `Retry-After` is the caller's to wait for. */
const LONGEST_WAIT_MS = 10_000;

function mayRepeat(request: Request, error: unknown): error is ScalewayCallError {
  if (request.method !== "GET" && request.method !== "HEAD") return false;
  if (!(error instanceof ScalewayCallError)) return false;
  const { status } = error;
  return status === undefined || status < 400 || [429, 500, 502, 503, 504].includes(status);
}
