import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { createEc2Layer } from "./ec2-layer.ts";

/** The way to one account of moto, through the stricter layer, on a port of its own. */
export interface Ec2Door {
  url: string;
  /** The actions that were asked for, in order. */
  calls: readonly string[];
  /** A call past the door and uncounted: what somebody else sees and does. */
  past(request: Request): Promise<Response>;
  /** Once, at a call from now on, `strikes` before it has an effect, or after; its answer is lost. */
  strikeAt(call: Strike, strikes: (action: string) => Promise<void>): void;
  close(): Promise<void>;
}

export interface Strike {
  /** The next call of this action, or the so-manieth of all calls, counted from 1. */
  at: string | number;
  side: "before" | "after";
}

/** @param options.account twelve digits: what is in one account nobody sees in another @param options.takesMs as the layer's */
export async function openEc2Door(
  cloudUrl: string,
  { account, takesMs }: { account: string; takesMs: number },
): Promise<Ec2Door> {
  const calls: string[] = [];
  let armed: { call: Strike; from: number; strikes: (action: string) => Promise<void> } | undefined;
  // https://docs.getmoto.org/en/latest/docs/multi_account.html
  const past = (request: Request) => {
    const headers = { ...Object.fromEntries(request.headers), "x-moto-account-id": account };
    return fetch(new Request(request, { headers }));
  };
  const layer = createEc2Layer(past, Date.now, { takesMs });

  const server = createServer((asked, response) => {
    // Who asked may be dead by now.
    pass(asked, response).catch(() => response.destroy());
  });
  async function pass(asked: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = (await buffer(asked)).toString();
    const headers = new Headers();
    for (const name of ["authorization", "content-type", "x-amz-date"])
      headers.set(name, String(asked.headers[name] ?? ""));
    const action = new URLSearchParams(body).get("Action") ?? "";
    calls.push(action);
    const isIt = armed && (armed.call.at === action || armed.call.at === calls.length - armed.from);
    const struck = isIt ? armed : undefined;
    if (struck) armed = undefined;
    if (struck?.call.side === "before") {
      await struck.strikes(action);
      return void response.destroy();
    }
    const answer = await layer.fetch(
      new Request(`${cloudUrl}${asked.url}`, { method: "POST", headers, body }),
    );
    const text = await answer.text();
    if (struck) {
      await struck.strikes(action);
      return void response.destroy();
    }
    response
      .writeHead(answer.status, { "content-type": "text/xml", date: new Date().toUTCString() })
      .end(text);
  }
  await new Promise<void>((resolve) => server.listen({ port: 0, host: "127.0.0.1" }, resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    past,
    strikeAt: (call, strikes) => void (armed = { call, from: calls.length, strikes }),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
