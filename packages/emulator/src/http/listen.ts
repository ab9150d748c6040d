import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import type { Answer } from "./route.ts";
import type { Incoming } from "./dispatch.ts";

export interface ListenOptions {
  /** 0: any. */
  port: number;
  /** @default "127.0.0.1" */
  host?: string;
}

export interface Listening {
  url: string;
  close(): Promise<void>;
}

/** Serves the dispatcher over node:http. */
export async function listen(
  answer: (incoming: Incoming) => Promise<Answer | "cut">,
  options: ListenOptions,
): Promise<Listening> {
  const host = options.host ?? "127.0.0.1";
  const server = createServer((request, response) => {
    serve(answer, request, response).catch((error: unknown) => {
      if (response.headersSent || response.destroyed) return;
      response.writeHead(500, { "Content-Type": "application/json" });
      response.end(JSON.stringify({ type: "internal_error", message: String(error) }));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${port}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

async function serve(
  answer: (incoming: Incoming) => Promise<Answer | "cut">,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const token = request.headers["x-auth-token"];
  const bytes = await buffer(request);
  const method = request.method ?? "GET";
  const answered = await answer({
    method,
    path: request.url ?? "/",
    token: typeof token === "string" ? token : null,
    text: bytes.toString(),
    bytes,
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, [value ?? ""].flat().join(",")]),
    ),
  });
  if (answered === "cut") {
    request.socket.destroy();
    return;
  }
  const content = answered.bytes ?? answered.body;
  // What a HEAD is about has a length of its own.
  const isBare = answered.status === 204 || method === "HEAD";
  const length = isBare ? {} : { "Content-Length": Buffer.byteLength(content) };
  response.writeHead(answered.status, { ...answered.headers, ...length });
  response.end(method === "HEAD" ? undefined : content);
}
