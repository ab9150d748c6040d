import type { IncomingMessage, OutgoingHttpHeaders } from "node:http";
import type { ProblemDocument } from "../api/problem.ts";
import { ApiProblem } from "./api-problem.ts";
import { ServiceUnreachable } from "./service-unreachable.ts";

// An ES import of node:http touches every export it has, and one of them loads all of undici: 35 ms.
const http = process.getBuiltinModule("node:http");

export interface Endpoint {
  /** A Unix socket, or … */
  socketPath?: string;
  /** … a loopback URL. */
  url?: string;
  /** How long the connection may stay silent. */
  timeoutMs: number;
  /** Sent with every request. */
  headers: OutgoingHttpHeaders;
  /** What is made of each text in an answer. @default left as it is */
  reading?: ((text: string) => string) | undefined;
}

export interface Exchange {
  method: string;
  path: string;
  headers?: OutgoingHttpHeaders;
  body?: unknown;
  signal?: AbortSignal | undefined;
}

/** One request; its answer's JSON. Throws `ApiProblem` or `ServiceUnreachable`. */
export async function exchangeJson<T>(endpoint: Endpoint, exchange: Exchange): Promise<T> {
  const response = await exchangeStream(endpoint, exchange);
  try {
    return parseJson<T>(endpoint, await readAll(response));
  } catch (error) {
    throw new ServiceUnreachable("broken", whereIs(endpoint), { cause: error });
  }
}

/** One request; its answer, still to be read. Throws `ApiProblem` or `ServiceUnreachable`. */
export async function exchangeStream(endpoint: Endpoint, exchange: Exchange): Promise<IncomingMessage> {
  const response = await send(endpoint, exchange);
  const status = response.statusCode ?? 0;
  if (status < 400) return response;
  const text = await readAll(response).catch(() => "");
  throw new ApiProblem(problemIn(endpoint, text) ?? unexpected(status));
}

/** The value of an answer's JSON; throws when it is none. */
export function parseJson<T>({ reading }: Endpoint, json: string): T {
  if (reading === undefined) return JSON.parse(json) as T;
  const value = (_key: string, value: unknown) => (typeof value === "string" ? reading(value) : value);
  return JSON.parse(json, value) as T;
}

export const whereIs = (endpoint: Endpoint): string => endpoint.url ?? endpoint.socketPath ?? "nowhere";

function send(endpoint: Endpoint, exchange: Exchange): Promise<IncomingMessage> {
  const body = exchange.body === undefined ? undefined : JSON.stringify(exchange.body);
  const headers: OutgoingHttpHeaders = { ...endpoint.headers, ...exchange.headers };
  if (body !== undefined) {
    headers["Content-Type"] = "application/json";
    headers["Content-Length"] = Buffer.byteLength(body);
  }
  const options = {
    method: exchange.method,
    path: exchange.path,
    headers,
    agent: false,
    timeout: endpoint.timeoutMs,
    signal: exchange.signal,
    ...addressOf(endpoint),
  } as const;
  return new Promise((resolve, reject) => {
    let timedOut = false;
    const request = http.request(options, resolve);
    request.on("timeout", () => {
      timedOut = true;
      request.destroy(new Error("timeout"));
    });
    request.on("error", (error: NodeJS.ErrnoException) => {
      if (exchange.signal?.aborted) return reject(exchange.signal.reason);
      const absent = error.code === "ENOENT" || error.code === "ECONNREFUSED";
      const reason = timedOut ? "timeout" : absent ? "absent" : "broken";
      reject(new ServiceUnreachable(reason, whereIs(endpoint), { cause: error }));
    });
    request.end(body);
  });
}

function addressOf({ socketPath, url }: Endpoint) {
  if (url === undefined) return { socketPath };
  const { hostname, port } = new URL(url);
  return { host: hostname.replace(/^\[|\]$/g, ""), port };
}

function readAll(response: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    response.setEncoding("utf8");
    response.on("data", (chunk: string) => (text += chunk));
    response.on("end", () => resolve(text));
    response.on("error", reject);
  });
}

function problemIn(endpoint: Endpoint, text: string): ProblemDocument | undefined {
  try {
    const value = parseJson<unknown>(endpoint, text);
    const isOne =
      typeof value === "object" &&
      value !== null &&
      "detail" in value &&
      "type" in value &&
      "status" in value;
    return isOne ? (value as ProblemDocument) : undefined;
  } catch {
    return undefined;
  }
}

const unexpected = (status: number): ProblemDocument => ({
  type: "/problems/unexpected",
  title: "Not an answer of Mayfly's",
  status,
  detail: `the service answered ${status} without saying why`,
});
