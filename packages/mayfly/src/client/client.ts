import type { Commands } from "../api/commands.ts";
import type { CreateInstanceInput } from "../api/create-instance.ts";
import type { Doctor } from "../api/doctor.ts";
import type { ExtendInstanceInput } from "../api/extend-instance.ts";
import type { EventView, InstanceView } from "../api/instance-view.ts";
import { followEvents } from "./follow-events.ts";
import type { FollowOptions } from "./follow-events.ts";
import { exchangeJson } from "./transport.ts";
import type { Exchange } from "./transport.ts";

export interface ClientOptions {
  /** The Unix socket of a home (`socketPath`), or … */
  socketPath?: string;
  /** … the loopback URL of a service that was asked for a port. */
  url?: string;
  /** How long a connection may stay silent before it is given up. @default 60000 */
  timeoutMs?: number;
  /** Which credentials the caller means; a service that holds others refuses. */
  account?: { name: string; fingerprint: string };
  /** The token of a service that is reached by its URL: `token` in its home. */
  token?: string;
  /** What is made of each text in an answer, for somebody's terminal say. @default left as it is */
  reading?: (text: string) => string;
  /** Waits between attempts to follow events. */
  sleep: (ms: number, signal?: AbortSignal) => Promise<unknown>;
}

export interface InstancePage {
  instances: InstanceView[];
  /** Asks for the next page; absent on the last. */
  cursor?: string;
}

export type MachineTypeView = Awaited<ReturnType<Commands["types"]>>[number];
export type ImageView = Awaited<ReturnType<Commands["images"]>>[number];

/** The service's API. Every call throws `ApiProblem` when refused and `ServiceUnreachable` when there is no answer. */
export type Client = ReturnType<typeof createClient>;

export function createClient(options: ClientOptions) {
  const { account, token, sleep, timeoutMs = 60_000, ...address } = options;
  const headers = {
    ...(account && { "Mayfly-Account": `${account.name}=${account.fingerprint}` }),
    ...(token !== undefined && { Authorization: `Bearer ${token}` }),
  };
  const endpoint = { ...address, timeoutMs, headers };
  const call = <T>(method: string, path: string, more: Partial<Exchange> = {}) =>
    exchangeJson<T>(endpoint, { ...more, method, path });
  const post = (reference: string, verb: string, body?: unknown) =>
    call<InstanceView>("POST", `${pathOf(reference)}/${verb}`, { body });

  return {
    /** With an idempotency key, a repeat after a broken connection answers the same instance. */
    create: (input: CreateInstanceInput, { idempotencyKey }: { idempotencyKey?: string } = {}) =>
      call<InstanceView>("POST", "/v1/instances", {
        body: input,
        headers: idempotencyKey === undefined ? {} : { "Idempotency-Key": idempotencyKey },
      }),
    get: (reference: string) => call<InstanceView>("GET", pathOf(reference)),
    list: (query: { limit?: number; cursor?: string; all?: boolean } = {}) =>
      call<InstancePage>("GET", `/v1/instances${queryOf(query)}`),
    extend: (reference: string, wanted: ExtendInstanceInput) => post(reference, "extend", wanted),
    start: (reference: string) => post(reference, "start"),
    stop: (reference: string) => post(reference, "stop"),
    /** Legal in every state, and again. */
    delete: (reference: string) => call<InstanceView>("DELETE", pathOf(reference)),
    /** One page; `after` in the answer asks for the next one. */
    events: (query: { after?: number; instance?: string; limit?: number } = {}) =>
      call<{ events: EventView[]; after: number }>("GET", `/v1/events${queryOf(query)}`),
    follow: (options: FollowOptions = {}) => followEvents(endpoint, sleep, options),
    types: async (query: { account?: string | undefined; zone?: string | undefined } = {}) =>
      (await call<{ types: MachineTypeView[] }>("GET", `/v1/types${queryOf(query)}`)).types,
    images: async (query: { account?: string | undefined; zone?: string | undefined } = {}) =>
      (await call<{ images: ImageView[] }>("GET", `/v1/images${queryOf(query)}`)).images,
    doctor: () => call<Doctor>("GET", "/v1/doctor"),
    health: () => call<{ ok: boolean; pid: number }>("GET", "/v1/health"),
  };
}

const pathOf = (reference: string): string => `/v1/instances/${encodeURIComponent(reference)}`;

function queryOf(query: object): string {
  const given = new URLSearchParams();
  for (const [key, value] of Object.entries(query))
    if (value !== undefined && value !== false) given.set(key, String(value));
  return given.size === 0 ? "" : `?${given}`;
}
