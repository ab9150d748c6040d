import type { Clock } from "../clock.ts";
import type { CallClass, Limiter } from "./limiter.ts";

type Fetch = (request: Request) => Promise<Response>;

/** @param how.fence throws when the call is not to go out any more */
type LimitedFetch = (request: Request, how?: { fence?: () => void }) => Promise<Response>;

export interface LimitedFetchOptions {
  limiter: Pick<Limiter, "enter" | "hold">;
  clock: Clock;
  /** Told the cloud's time in every answer, and when it was asked, by the monotonic clock. */
  heard: (cloudNow: number, sentAt: number) => void;
}

// Whatever the cloud says, deletes are not held back for longer.
const LONGEST_HOLD_MS = 300_000;
/** Scaleway's 429 is empty and says nothing; the next try succeeded about 2 s later in all recordings. */
const HOLD_MS = 1_500;

/** A fetch behind the account's limiter. It passes on what the cloud says of the time and of too many calls. */
export function limitedFetch(base: Fetch, of: CallClass, options: LimitedFetchOptions): LimitedFetch {
  const { limiter, clock, heard } = options;
  return async (request, { fence } = {}) => {
    await limiter.enter(of, request.signal);
    // This process may have stood still in the queue, and another worker may be at it by now.
    fence?.();
    const sentAt = clock.monotonic();
    const response = await base(request);
    const date = Date.parse(response.headers.get("date") ?? "");
    if (!Number.isNaN(date)) heard(date, sentAt);
    if (response.status === 429) limiter.hold(retryAfterMs(response, clock.now()) ?? HOLD_MS);
    return response;
  };
}

/** Seconds or a date; https://www.rfc-editor.org/rfc/rfc9110#name-retry-after */
function retryAfterMs(response: Response, now: number): number | undefined {
  const header = response.headers.get("retry-after")?.trim();
  if (!header) return undefined;
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return ms >= 0 ? Math.min(ms, LONGEST_HOLD_MS) : undefined;
}
