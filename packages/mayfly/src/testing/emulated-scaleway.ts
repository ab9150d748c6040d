import assert from "node:assert/strict";
import { setImmediate as turn } from "node:timers/promises";
import { createEmulator } from "@mayfly/emulator";
import type { Emulator } from "@mayfly/emulator";
import { createScaleway } from "@mayfly/scaleway";
import type { Provider } from "../providers/provider.ts";
import type { Clients } from "../providers/scaleway/clients.ts";
import { createScalewayProvider } from "../providers/scaleway/scaleway.ts";
import { createVirtualClock } from "./virtual-clock.ts";
import type { VirtualClock } from "./virtual-clock.ts";

type Send = (request: Request) => Promise<Response>;

/** An emulated Scaleway on virtual time, and what reaches it. */
export interface EmulatedScaleway {
  clock: VirtualClock;
  emulator: Emulator;
  send: Send;
  /** @param send @default straight to the emulator */
  clients(send?: Send): Clients;
  provider(send?: Send): Provider;
  /** Lets time pass for as long as the work waits for it. */
  passing<Result>(work: Promise<Result>): Promise<Result>;
  /** The API as somebody else sees it; the answer's body. */
  call<Answer>(method: string, path: string, body?: unknown): Promise<Answer>;
}

export const EMULATED_PROJECT = "105bdce1-64c0-48ab-899d-868455867ecf";

export function anEmulatedScaleway(): EmulatedScaleway {
  const clock = createVirtualClock();
  const emulator = createEmulator({
    now: clock.now,
    seed: 7,
    secretKey: SECRET,
    projectId: EMULATED_PROJECT,
  });
  const straight: Send = (request) => emulator.fetch(request);
  const random = { bytes: (count: number) => new Uint8Array(count), fraction: () => 0.5 };
  const credentials = { accessKey: "SCWABCDEFGHIJKLMNOPQ", secretKey: SECRET, projectId: EMULATED_PROJECT };
  return {
    clock,
    emulator,
    send: straight,
    clients(send = straight) {
      const client = () => createScaleway({ credentials, fetch: send, clock, random, timeoutMs: false });
      return { clock, read: client(), create: client(), delete: client() };
    },
    provider(send = straight) {
      const fetch = { read: send, create: send, delete: send };
      const defaultZone = "fr-par-1";
      return createScalewayProvider({ credentials, fetch, clock, random, defaultZone, timeoutMs: false });
    },
    async passing(work) {
      let isOver = false;
      const over = () => void (isOver = true);
      work.then(over, over);
      while (!isOver) {
        // What can go on without the clock does.
        for (let turns = 0; turns < 5 && !isOver; turns += 1) await turn();
        const next = clock.nextAt();
        if (!isOver && next !== undefined) await clock.advance(next - clock.now());
      }
      return work;
    },
    async call(method, path, body) {
      const response = await emulator.fetch(`https://api.scaleway.com${path}`, {
        method,
        headers: { "X-Auth-Token": SECRET, "Content-Type": "application/json" },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
      const text = await response.text();
      assert.ok(response.ok, `${method} ${path}: ${response.status} ${text}`);
      return text === "" ? undefined : JSON.parse(text);
    },
  };
}

const SECRET = "11111111-2222-4333-8444-555555555555";
