import type { Answer } from "./route.ts";
import type { Incoming } from "./dispatch.ts";

/** Makes a `fetch` of the dispatcher; the URL's host matters to object storage only. */
export function toFetch(answer: (incoming: Incoming) => Promise<Answer | "cut">): typeof fetch {
  return async (input, init) => {
    const request = input instanceof Request && init === undefined ? input : new Request(input, init);
    request.signal.throwIfAborted();
    const url = new URL(request.url);
    const bytes = request.body === null ? new Uint8Array() : new Uint8Array(await request.arrayBuffer());
    request.signal.throwIfAborted();
    const answered = await answer({
      method: request.method,
      path: url.pathname + url.search,
      token: request.headers.get("X-Auth-Token"),
      text: new TextDecoder().decode(bytes),
      bytes,
      headers: { host: url.host, ...Object.fromEntries(request.headers) },
      signal: request.signal,
    });
    if (answered === "cut") throw new TypeError("fetch failed", { cause: new Error("other side closed") });
    const content = answered.bytes ? Buffer.from(answered.bytes) : answered.body;
    return new Response(content.length === 0 ? null : content, {
      status: answered.status,
      headers: answered.headers,
    });
  };
}
