import { createEmulator } from "@mayfly/emulator";
import type { Emulator } from "@mayfly/emulator";
import { createScaleway } from "@mayfly/scaleway";
import type { Fetch } from "@mayfly/scaleway";
import { createProducts } from "@mayfly/scaleway/products";
import type { Connect } from "../connect.ts";
import type { ObjectStorage } from "../object-storage.ts";
import { patientFetch } from "../patient-fetch.ts";

export const PROJECT = "105bdce1-64c0-48ab-899d-868455867ecf";
const SECRET = "11111111-2222-4333-8444-555555555555";

/** An emulated Scaleway where waiting takes no time, and what a process reaches it by. */
export interface EmulatedCloud {
  emulator: Emulator;
  connectBy(send: Fetch, storage?: Storage): Connect;
  send: Fetch;
  /** As somebody else; the answer's body. */
  call<Answer>(method: string, path: string, body?: unknown): Promise<Answer>;
}

export function anEmulatedCloud(): EmulatedCloud {
  const emulator = createEmulator({ seed: 7, secretKey: SECRET, projectId: PROJECT, now: () => START });
  let passedMs = 0;
  const clock = {
    now: () => START + passedMs,
    monotonic: () => passedMs,
    async sleep(ms: number, signal?: AbortSignal) {
      signal?.throwIfAborted();
      passedMs += ms;
      emulator.advance(ms / 1_000);
    },
  };
  const credentials = { accessKey: "SCWABCDEFGHIJKLMNOPQ", secretKey: SECRET, projectId: PROJECT };
  return {
    emulator,
    send: (request) => emulator.fetch(request),
    connectBy:
      (send, storage = noStorage) =>
      async () => {
        const fetch = patientFetch(send, clock);
        const options = {
          credentials,
          clock,
          fetch,
          random: { fraction: () => 0.5 },
          timeoutMs: false as const,
        };
        return {
          ...createScaleway(options),
          ...createProducts(options),
          clock,
          zone: "fr-par-1",
          region: "fr-par",
          storage: (region) => storage({ credentials, region, fetch }),
        };
      },
    async call(method, path, body) {
      const response = await emulator.fetch(`https://api.scaleway.com${path}`, {
        method,
        headers: { "X-Auth-Token": SECRET, "Content-Type": "application/json" },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
      return text === "" ? undefined : JSON.parse(text);
    },
  };
}

/** What makes object storage of this cloud. */
export type Storage = (options: {
  credentials: { accessKey: string; secretKey: string; projectId: string };
  region: string;
  fetch: Fetch;
}) => Promise<ObjectStorage>;

const noStorage: Storage = () => Promise.reject(new Error("there is no object storage here"));

const START = Date.UTC(2031, 0, 1);
