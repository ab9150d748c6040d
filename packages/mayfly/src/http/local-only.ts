import { HttpProblem } from "./http-problem.ts";

const LOCAL = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i;

/** Refuses what a page in somebody's browser could have made it send: by another host's name (DNS rebinding) or from another origin. */
export function localOnly(request: Request): void {
  const host = request.headers.get("host") ?? new URL(request.url).host;
  if (!LOCAL.test(host))
    throw new HttpProblem(403, `this API answers to localhost only, not to "${host}": use http://127.0.0.1`);
  const origin = request.headers.get("origin");
  if (origin !== null && origin.toLowerCase() !== `http://${host.toLowerCase()}`)
    throw new HttpProblem(403, `requests from pages of "${origin}" are not answered`);
}
