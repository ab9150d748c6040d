import type { Effect, Request as FaultRequest } from "../faults.ts";
import type { World } from "../world.ts";
import { isUuid } from "./body.ts";
import { authenticationDenied, invalidArgument, notFound, Refusal } from "./refusal.ts";
import { json, rateLimited } from "./route.ts";
import type { Answer, Call } from "./route.ts";
import type { Match, Router } from "./router.ts";

/** One request as it came in; `path` with its query. */
export interface Incoming {
  method: string;
  path: string;
  token: string | null;
  text: string;
  /** The body as it came. @default `text` in UTF-8 */
  bytes?: Uint8Array;
  /** By their names in small letters, `host` among them. @default none */
  headers?: Readonly<Record<string, string>>;
  signal?: AbortSignal;
}

export interface Dispatcher {
  world: World;
  /** Requests that are told by more than their path; undefined: this is none of them. */
  match: (incoming: Incoming, url: URL) => Match | undefined;
  router: Router;
  zones: readonly string[];
  regions: readonly string[];
  secretKey: string | undefined;
  count(operation: string): void;
  strike(request: FaultRequest): Effect[];
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  listLagMs(): number;
  /** Brings the world up to the clock. */
  settle(): void;
  /** After each call that may have changed something. */
  changed(): void;
}

/** Answers a request; `cut` means that the caller's connection breaks instead. */
export async function dispatch(on: Dispatcher, incoming: Incoming): Promise<Answer | "cut"> {
  const url = new URL(incoming.path, "http://emulator");
  const match = on.match(incoming, url) ?? on.router(incoming.method, url.pathname);
  const operation = match?.route.operation ?? "unknown";
  on.count(operation);

  // 1. What happens on the way in.
  const effects = on.strike({ operation, method: incoming.method, path: incoming.path });
  for (const effect of effects) if (effect.kind === "latency") await on.sleep(effect.ms, incoming.signal);
  for (const effect of effects) {
    if (effect.kind === "cutBefore") return "cut";
    if (effect.kind === "rateLimited") return withEnvelope(on.world, rateLimited());
    if (effect.kind === "status") return withEnvelope(on.world, faultAnswer(effect));
  }

  // 2. The call itself.
  on.settle();
  const missPage = effects.some((effect) => effect.kind === "missPage");
  const answer = handle(on, incoming, { url, match, missPage });
  if (!["GET", "HEAD"].includes(incoming.method)) on.changed();

  // 3. What happens on the way out.
  if (answer.lost || effects.some((effect) => effect.kind === "cutAfter")) return "cut";
  return withEnvelope(on.world, answer);
}

function handle(
  on: Dispatcher,
  incoming: Incoming,
  routed: { url: URL; match: Match | undefined; missPage: boolean },
): Answer {
  const { url, match } = routed;
  try {
    if (!match)
      throw new Refusal(404, {
        type: "not_found",
        message: `no such route: ${incoming.method} ${url.pathname}`,
      });
    if (!match.route.open) authenticate(on, incoming.token);
    const { zone, region } = match.params;
    if (zone !== undefined && !on.zones.includes(zone)) throw notFound("zone", zone);
    if (region !== undefined && !on.regions.includes(region)) throw notFound("region", region);
    return match.route.handle(callOf(on, incoming, match, routed));
  } catch (error) {
    if (error instanceof Refusal) return json(error.status, error.body);
    throw error;
  }
}

function callOf(
  on: Dispatcher,
  incoming: Incoming,
  match: Match,
  routed: { url: URL; missPage: boolean },
): Call {
  return {
    world: on.world,
    now: on.world.now(),
    params: match.params,
    query: routed.url.searchParams,
    text: incoming.text,
    bytes: incoming.bytes ?? Buffer.from(incoming.text),
    headers: incoming.headers ?? {},
    body: () => parse(incoming.text),
    listLagMs: on.listLagMs(),
    missPage: routed.missPage,
  };
}

function parse(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalidArgument("body", "format", "must be JSON");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw invalidArgument("body", "format", "must be a JSON object");
  return value as Record<string, unknown>;
}

function authenticate(on: Dispatcher, token: string | null): void {
  const accepted = on.secretKey === undefined ? token !== null && isUuid(token) : token === on.secretKey;
  if (!accepted) throw authenticationDenied();
}

function faultAnswer(effect: Extract<Effect, { kind: "status" }>): Answer {
  if (effect.body === undefined) return { status: effect.status, headers: {}, body: "" };
  return json(effect.status, effect.body);
}

/** What the gateway adds to every answer. */
function withEnvelope(world: World, answer: Answer): Answer {
  return {
    ...answer,
    headers: {
      ...answer.headers,
      Server: "Scaleway API Gateway (fr-par-3;edge02)",
      Date: new Date(world.now()).toUTCString(),
      "X-Request-Id": world.random.uuid(),
      "X-Frame-Options": "DENY",
      "X-Content-Type-Options": "nosniff",
      "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
      "Strict-Transport-Security": "max-age=63072000",
    },
  };
}
