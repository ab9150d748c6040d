import type { Answer } from "./route.ts";
import type { Incoming } from "./dispatch.ts";

/** Makes a `fetch` of the dispatcher; the URL's base is ignored. */
export function toFetch(answer: (incoming: Incoming) => Promise<Answer | "cut">): typeof fetch {
  return async (input, init) => {
    const request = input instanceof Request && init === undefined ? input : new Request(input, init);
    request.signal.throwIfAborted();
    const url = new URL(request.url);
    const text = request.body === null ? "" : await request.text();
    request.signal.throwIfAborted();
    const answered = await answer({
      method: request.method,
      path: url.pathname + url.search,
      token: request.headers.get("X-Auth-Token"),
      text,
      signal: request.signal,
    });
    if (answered === "cut") throw new TypeError("fetch failed", { cause: new Error("other side closed") });
    return new Response(answered.body === "" ? null : answered.body, {
      status: answered.status,
      headers: answered.headers,
    });
  };
}
