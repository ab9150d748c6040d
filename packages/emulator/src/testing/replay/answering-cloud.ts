import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { Judged } from "./judged.ts";

export interface Asked {
  /** Of the recorded request. */
  readonly seq: number;
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly text: string;
}

export interface Given {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

interface Hooks {
  onReset?: () => void;
  /** When a read is about to be repeated. */
  onPass?: () => void;
}

/** A cloud on loopback that answers with what a function says: it stands in for the judged one, to judge the replayer. */
export async function answeringCloud(
  answer: (asked: Asked) => Given,
  { onReset, onPass }: Hooks = {},
): Promise<Judged> {
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const { pathname, searchParams } = new URL(request.url ?? "/", "http://cloud");
      const given = answer({
        seq: Number(request.headers["x-replay-seq"]),
        method: request.method ?? "",
        path: decodeURI(pathname),
        query: searchParams,
        text: body,
      });
      response.writeHead(given.status, given.headers);
      response.end(given.status === 204 ? undefined : given.text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async reset() {
      onReset?.();
    },
    async pass() {
      onPass?.();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
