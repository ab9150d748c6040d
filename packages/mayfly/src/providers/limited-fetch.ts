import type { CallClass, Limiter } from "./limiter.ts";

type Fetch = (request: Request) => Promise<Response>;

/** A fetch behind the account's limiter. It passes on what the cloud says of the time and of too many calls. */
export function limitedFetch(
  base: Fetch,
  of: CallClass,
  limiter: Limiter,
  heard: (cloudNow: number) => void,
): Fetch {
  return async (request) => {
    await limiter.enter(of, request.signal);
    const response = await base(request);
    const date = Date.parse(response.headers.get("date") ?? "");
    if (!Number.isNaN(date)) heard(date);
    if (response.status === 429) limiter.hold(retryAfterMs(response) ?? 1_500);
    return response;
  };
}

function retryAfterMs(response: Response): number | undefined {
  const header = response.headers.get("retry-after");
  const seconds = header === null ? NaN : Number(header);
  return seconds >= 0 ? seconds * 1000 : undefined;
}
