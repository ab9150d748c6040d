import type { World } from "../world.ts";

/** One request, routed. */
export interface Call {
  readonly world: World;
  readonly now: number;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly text: string;
  /** The body as it came, for what is no text. */
  readonly bytes: Uint8Array;
  /** By their names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  /** The JSON body; refuses what is no object. */
  body(): Record<string, unknown>;
  /** How far lists lag behind, and whether this one loses its page. */
  readonly listLagMs: number;
  readonly missPage: boolean;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** In the place of `body`, for what is no text. */
  readonly bytes?: Uint8Array;
  /** Committed, but the caller never learns of it. */
  readonly lost?: boolean;
}

export interface Route {
  /** The name under which its calls are counted. */
  readonly operation: string;
  readonly method: string;
  /** With `{name}` for what varies. */
  readonly path: string;
  /** Answered without credentials. @default false */
  readonly open?: boolean;
  handle(call: Call): Answer;
}

const JSON_TYPE = { "Content-Type": "application/json" };

export function json(status: number, value: unknown, headers: Record<string, string> = {}): Answer {
  return { status, headers: { ...JSON_TYPE, ...headers }, body: JSON.stringify(value) };
}

/** 204; the cloud names a content type even here. */
export function noContent(contentType = "application/json"): Answer {
  return { status: 204, headers: { "Content-Type": contentType }, body: "" };
}

export function plain(status: number, body: string): Answer {
  return { status, headers: { "Content-Type": "text/plain" }, body };
}

/** The gateway's rate limit: an empty body, no content type, no Retry-After. */
export function rateLimited(): Answer {
  return { status: 429, headers: { "X-Envoy-Ratelimited": "true" }, body: "" };
}
