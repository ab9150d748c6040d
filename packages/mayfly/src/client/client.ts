import type { ChangeVolume } from "../api/change-volume.ts";
import type { Commands } from "../api/commands.ts";
import type { CreateInstanceInput } from "../api/create-instance.ts";
import type { CreateResourceInput } from "../api/create-resource.ts";
import type { Doctor } from "../api/doctor.ts";
import type { ExtendInstanceInput } from "../api/extend-instance.ts";
import type { EventView, InstanceView } from "../api/instance-view.ts";
import type { Where, Zone } from "../api/resource-commands.ts";
import type { ResourceKind } from "../api/resource-kind.ts";
import type { ResourceView } from "../api/resource-view.ts";
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

/** The cloud has carried it out when the service answers: a volume to come off its machine, a firewall to be left. */
const CHANGE_TIMEOUT_MS = 600_000;

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
  const change = <T>(method: string, path: string, body?: unknown) =>
    exchangeJson<T>(
      { ...endpoint, timeoutMs: Math.max(timeoutMs, CHANGE_TIMEOUT_MS) },
      { method, path, body },
    );
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
    zones: async (query: { account?: string | undefined } = {}) =>
      (await call<{ zones: Zone[] }>("GET", `/v1/zones${queryOf(query)}`)).zones,
    listResources: async <K extends ResourceKind>(kind: K, query: Where = {}): Promise<ResourceView<K>[]> =>
      (await call<Record<string, ResourceView<K>[]>>("GET", `/v1/${kind}s${queryOf(query)}`))[`${kind}s`]!,
    findResource: <K extends ResourceKind>(kind: K, reference: string, query: Where = {}) =>
      call<ResourceView<K>>("GET", `/v1/${kind}s/${encodeURIComponent(reference)}${queryOf(query)}`),
    /** The one of that name, found or made: a repeat after a broken connection finds it. */
    createResource: <K extends ResourceKind>(kind: K, input: CreateResourceInput[K]) =>
      change<ResourceView<K>>("POST", `/v1/${kind}s`, input),
    /** What is so already is left as it is: a repeat after a broken connection does no harm. */
    changeVolume: <V extends keyof ChangeVolume>(verb: V, reference: string, wanted: ChangeVolume[V]) =>
      change<ResourceView<"volume">>("POST", `/v1/volumes/${encodeURIComponent(reference)}/${verb}`, wanted),
    /** Answers what it was. */
    deleteResource: <K extends ResourceKind>(
      kind: K,
      reference: string,
      query: Where & { force?: boolean } = {},
    ) => change<ResourceView<K>>("DELETE", `/v1/${kind}s/${encodeURIComponent(reference)}${queryOf(query)}`),
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
