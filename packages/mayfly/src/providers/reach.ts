import type { Clock } from "../clock.ts";

type Fetch = (request: Request) => Promise<Response>;

/** Whether anybody answers there. Any answer is one. */
export interface Reach {
  fetch: Fetch;
  /** For how long nobody has answered, though asked, and the last failure; undefined while somebody answers. */
  silence(): { ms: number; reason: string } | undefined;
}

// Some calls take so long.
const PATIENCE_MS = 10_000;

export function createReach(base: Fetch, clock: Pick<Clock, "monotonic">): Reach {
  const waiting = new Set<{ since: number }>();
  let answeredAt = -Infinity;
  let failed: { since: number; reason: string } | undefined;

  return {
    async fetch(request) {
      const call = { since: clock.monotonic() };
      waiting.add(call);
      try {
        const answer = await base(request);
        answeredAt = clock.monotonic();
        failed = undefined;
        return answer;
      } catch (error) {
        failed = { since: failed?.since ?? call.since, reason: reasonOf(error) };
        throw error;
      } finally {
        waiting.delete(call);
      }
    },
    silence() {
      const now = clock.monotonic();
      if (failed) return { ms: now - failed.since, reason: failed.reason };
      const unanswered = [...waiting].filter(({ since }) => since > answeredAt).map(({ since }) => since);
      const ms = now - Math.min(now, ...unanswered);
      return ms > PATIENCE_MS ? { ms, reason: "calls go out, and no answer comes back" } : undefined;
    },
  };
}

/** The innermost cause says most: `connect ECONNREFUSED 127.0.0.1:443`. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? reasonOf(error.cause) : error.message;
}
