import { Agent, createServer, request as httpRequest } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";

/** The way to an emulated cloud, which can be barred, and which remembers who went through. */
export interface Gate {
  url: string;
  /**
   * - `open`: every call reaches the cloud, and its answer comes back
   * - `refuse`: nobody listens
   * - `hang`: connections are accepted, and nothing ever comes back; the cloud hears nothing
   * - `swallow`: the cloud does what it is asked, and its answer is lost without a word
   *
   * What hung or was swallowed stays so, also after the gate was opened again.
   */
  set(mode: "open" | "refuse" | "hang" | "swallow"): Promise<void>;
  /** What reached the cloud, in order. */
  passed(): readonly PassedCall[];
  close(): Promise<void>;
}

export interface PassedCall {
  at: number;
  method: string;
  path: string;
  /** Of a server's action: `poweron`, `terminate`, … */
  action?: string;
}

/** Above what is in use by habit, below what a kernel gives to those who ask for any port: it can be had again. */
const PORTS = { from: 20_000, count: 10_000 };

export async function openGate(cloudUrl: string): Promise<Gate> {
  const cloud = new URL(cloudUrl);
  const agent = new Agent({ keepAlive: true });
  const passed: PassedCall[] = [];
  const stuck = new Set<ServerResponse>();
  let mode: Parameters<Gate["set"]>[0] = "open";
  let server = createServer(serve);
  const port = await anyPort(server);

  function serve(asked: IncomingMessage, response: ServerResponse): void {
    // Who asks may go away meanwhile, and the cloud may break off: then so does this.
    pass(asked, response).catch(() => response.destroy());
  }

  async function pass(asked: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "GET", url: path = "/", headers } = asked;
    const body = await buffer(asked);
    if (mode === "hang") return void stuck.add(response);
    passed.push({ at: Date.now(), method, path, ...actionIn(path, body) });
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const onward = httpRequest({ host: cloud.hostname, port: cloud.port, agent, method, path, headers });
      onward.once("response", resolve).once("error", reject).end(body);
    });
    const answered = await buffer(answer);
    if (mode === "swallow") return void stuck.add(response);
    response.writeHead(answer.statusCode ?? 500, answer.headers).end(answered);
  }

  return {
    url: `http://127.0.0.1:${port}`,
    async set(wanted) {
      if (wanted === "refuse" && mode !== "refuse") {
        const closed = new Promise((resolve) => server.close(resolve));
        server.closeAllConnections();
        await closed;
      }
      if (wanted !== "refuse" && mode === "refuse") {
        server = createServer(serve);
        await listening(server, port);
      }
      mode = wanted;
    },
    passed: () => passed,
    async close() {
      for (const response of stuck) response.destroy();
      server.closeAllConnections();
      if (server.listening) await new Promise((resolve) => server.close(resolve));
      agent.destroy();
    },
  };
}

function actionIn(path: string, body: Buffer): { action?: string } {
  if (!path.endsWith("/action")) return {};
  const { action } = JSON.parse(body.toString() || "{}") as { action?: string };
  return action === undefined ? {} : { action };
}

async function anyPort(server: Server): Promise<number> {
  for (let tried = 1; ; tried++) {
    const port = PORTS.from + Math.floor(Math.random() * PORTS.count);
    try {
      await listening(server, port);
      return port;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE" || tried === 20) throw error;
    }
  }
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => {
      server.off("error", reject);
      resolve();
    });
  });
}
