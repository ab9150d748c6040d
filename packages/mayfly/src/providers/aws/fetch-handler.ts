type Fetch = (request: Request, how?: { fence?: () => void }) => Promise<Response>;

/** What the SDK asks for. */
interface Asked {
  protocol: string;
  hostname: string;
  port?: number;
  path: string;
  query?: Record<string, string | string[] | null>;
  method: string;
  headers: Record<string, string>;
  body?: string | Uint8Array<ArrayBuffer>;
}

/** What the SDK sends its requests by, on top of our fetch: time limits, the limiter and crashes stand there. */
export function fetchHandler(fetch: Fetch) {
  return {
    metadata: { handlerProtocol: "http/1.1" },
    updateHttpClientConfig: () => {},
    httpHandlerConfigs: () => ({}),
    async handle(asked: Asked, { abortSignal, fence }: { abortSignal?: unknown; fence?: () => void } = {}) {
      const { protocol, hostname, port, path, query = {}, method, body } = asked;
      const url = new URL(`${protocol}//${hostname}${port === undefined ? "" : `:${port}`}${path}`);
      for (const [key, value] of Object.entries(query))
        for (const each of [value].flat()) url.searchParams.append(key, each ?? "");
      // A request has its host by its address.
      const { host: _host, ...headers } = asked.headers;
      const signal = abortSignal as AbortSignal | undefined;
      const sent = new Request(url, { method, headers, body, signal: signal ?? null });
      const answer = await fetch(sent, fence && { fence });
      return {
        response: {
          statusCode: answer.status,
          reason: answer.statusText,
          headers: Object.fromEntries(answer.headers),
          body: new Uint8Array(await answer.arrayBuffer()),
        },
      };
    },
  };
}
