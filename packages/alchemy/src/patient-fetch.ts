import type { Clock, Fetch } from "@mayfly/scaleway";

const MOST_ATTEMPTS = 6;
const FIRST_REST_MS = 1_000;
const LONGEST_REST_MS = 30_000;

/** Sends again what the cloud turned away because there was too much of it: nothing happened, so everything may be repeated. */
export function patientFetch(next: Fetch, clock: Clock): Fetch {
  return async (request) => {
    for (let attempt = 1; ; attempt += 1) {
      const response = await next(request.clone());
      if (response.status !== 429 || attempt === MOST_ATTEMPTS) return response;
      const asked = Number(response.headers.get("retry-after")) * 1_000 || 0;
      const restMs = Math.max(asked, FIRST_REST_MS * 2 ** (attempt - 1));
      if (restMs > LONGEST_REST_MS) return response;
      await clock.sleep(restMs, request.signal);
    }
  };
}
