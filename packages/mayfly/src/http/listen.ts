import { chmodSync, lstatSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import type { Clock } from "../clock.ts";
import { withToken } from "./with-token.ts";

export interface ListenOptions {
  handler: (request: Request) => Promise<Response>;
  clock: Clock;
  /** A Unix socket that only this user can reach. The caller holds the home's lock: a file left there is stale. */
  socketPath?: string;
  /** A TCP port of the loopback interface, for who knows the token; 0 takes a free one. */
  tcp?: { port: number; token: string };
  /** How long a client may take to send a request. @default 30000 */
  patienceMs?: number;
  /**
   * To each door. Whoever opens more could use up the files of the process, and with them its way to the cloud.
   * @default 1000
   */
  mostConnections?: number;
  /** How long `close` waits for answers under way. @default 2000 */
  graceMs?: number;
}

export interface Listening {
  /** Of the TCP port, when there is one. */
  url?: string;
  /** Takes no more requests; ends idle connections and event streams at once, all others within the grace. */
  close(): Promise<void>;
}

/** Puts the API on a Unix socket, a loopback port, or both. */
export async function listen(options: ListenOptions): Promise<Listening> {
  const { socketPath, tcp, clock, graceMs = 2_000, patienceMs = 30_000, mostConnections = 1_000 } = options;
  const open = new Set<ServerResponse>();
  const endless = new WeakSet<object>();
  const servers: Server[] = [];

  function create(handler: ListenOptions["handler"]): Server {
    const handle = async (request: Request, { outgoing }: { outgoing: object }) => {
      const answer = await handler(request);
      if (answer.headers.get("content-type") === "text/event-stream") endless.add(outgoing);
      return answer;
    };
    const bounds = { requestTimeout: patienceMs, connectionsCheckingInterval: patienceMs / 4 };
    const server = createServer(bounds, getRequestListener(handle, { overrideGlobalObjects: false }));
    server.maxConnections = mostConnections;
    server.prependListener("request", (_request, response) => {
      open.add(response);
      response.once("close", () => open.delete(response));
    });
    servers.push(server);
    return server;
  }

  async function close(): Promise<void> {
    // A server says that it is closed before its connections do, and streams end with those.
    const ended = Promise.all([
      ...servers.map((server) => new Promise((resolve) => server.close(resolve))),
      ...[...open].map((response) => new Promise((resolve) => response.once("close", resolve))),
    ]);
    for (const response of open) if (endless.has(response)) response.destroy();
    for (const server of servers) server.closeIdleConnections();
    const settled = new AbortController();
    const late = clock.sleep(graceMs, settled.signal).catch(() => undefined);
    await Promise.race([ended, late]);
    settled.abort();
    for (const server of servers) server.closeAllConnections();
    await ended;
  }

  try {
    if (socketPath !== undefined) await listenOnSocket(create(options.handler), socketPath);
    if (tcp === undefined) return { close };
    const server = create(withToken(options.handler, tcp.token));
    await ready(server, () => server.listen(tcp.port, "127.0.0.1"));
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function listenOnSocket(server: Server, path: string): Promise<void> {
  const old = lstatSync(path, { throwIfNoEntry: false });
  if (old && !old.isSocket()) throw new Error(`listen on ${path}: there is a file that is no socket`);
  rmSync(path, { force: true });
  // The file appears while `listen` runs: it must not be open to others even for a moment.
  const mask = process.umask(0o177);
  try {
    await ready(server, () => {
      server.listen(path);
      process.umask(mask);
    });
  } finally {
    process.umask(mask);
  }
  chmodSync(path, 0o600);
}

function ready(server: Server, start: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.once("listening", () => {
      server.off("error", reject);
      resolve();
    });
    start();
  });
}
