import { isThrottle } from "./error-code.ts";

type Fetch = (request: Request) => Promise<Response>;

/**
 * EC2 says "too many calls" with status 503 or 400 and a code in the body: the limiter, which goes by the status that HTTP
 * has for it, is told in its own words. Needs answers that are read already.
 */
export function throttledFetch(next: Fetch): Fetch {
  return async (request) => {
    const response = await next(request);
    if (response.status !== 503 && response.status !== 400) return response;
    const body = await response.text();
    const code = /<Code>\s*([\w.]+)\s*<\/Code>/.exec(body)?.[1] ?? "";
    const { headers, status, statusText } = response;
    return new Response(body, { status: isThrottle(code) ? 429 : status, statusText, headers });
  };
}
