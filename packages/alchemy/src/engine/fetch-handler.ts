import type { Fetch } from "@mayfly/scaleway";

/** A request as the SDK of S3 hands it on. */
interface S3Request {
  protocol: string;
  hostname: string;
  port?: number;
  path: string;
  query?: Record<string, string | string[] | null>;
  method: string;
  headers: Record<string, string>;
  body?: string | Uint8Array<ArrayBuffer>;
}

/** Sends what that SDK asks by our fetch, which has the time limits. */
export function fetchHandler(send: Fetch) {
  const urlOf = ({ protocol, hostname, port, path, query = {} }: S3Request) => {
    const url = new URL(path, `${protocol}//${hostname}`);
    if (port !== undefined) url.port = String(port);
    const pairs = Object.entries(query).flatMap(([key, value]) =>
      [value].flat().map((each) => [key, each ?? ""]),
    );
    url.search = new URLSearchParams(pairs as [string, string][]).toString();
    return url;
  };
  return {
    metadata: { handlerProtocol: "http/1.1" },
    updateHttpClientConfig: () => {},
    httpHandlerConfigs: () => ({}),
    async handle(request: S3Request) {
      const { method, body } = request;
      const headers = new Headers(request.headers);
      headers.delete("host");
      const hasBody = method !== "GET" && method !== "HEAD";
      const answer = await send(
        new Request(urlOf(request), { method, headers, body: hasBody ? body : undefined }),
      );
      const { status: statusCode, statusText: reason } = answer;
      return {
        response: {
          statusCode,
          reason,
          headers: Object.fromEntries(answer.headers),
          body: new Uint8Array(await answer.arrayBuffer()),
        },
      };
    },
  };
}
