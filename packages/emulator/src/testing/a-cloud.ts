import assert from "node:assert/strict";
import { createEmulator } from "../emulator.ts";
import type { Emulator, EmulatorOptions } from "../emulator.ts";

export interface Reply {
  status: number;
  headers: Headers;
  text: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look into whatever the cloud answers
  json: any;
}

export interface Cloud {
  emulator: Emulator;
  /** Moves the clock on. */
  pass(seconds: number): void;
  call(method: string, path: string, body?: unknown): Promise<Reply>;
  /** A new server, stopped. */
  aServer(body?: Record<string, unknown>): Promise<{ id: string; path: string; volumeId: string }>;
  act(server: { path: string }, action: string): Promise<Reply>;
  stateOf(server: { path: string }): Promise<string>;
}

export const TOKEN = "11111111-1111-1111-1111-111111111111";
export const SERVERS = "/instance/v1/zones/fr-par-1/servers";
export const VOLUMES = "/block/v1/zones/fr-par-1/volumes";
export const IPS = "/instance/v1/zones/fr-par-1/ips";

/** An emulator with seed 1 on a clock that stands still until told. */
export function aCloud(options: EmulatorOptions = {}): Cloud {
  let now = Date.UTC(2026, 10, 21);
  const emulator = createEmulator({ now: () => now, seed: 1, ...options });
  const cloud: Cloud = {
    emulator,
    pass(seconds) {
      now += seconds * 1000;
    },
    async call(method, path, body) {
      const response = await emulator.fetch(`http://cloud.test${path}`, {
        method,
        headers: { "X-Auth-Token": TOKEN },
        body: body === undefined || typeof body === "string" ? body : JSON.stringify(body),
      });
      const text = await response.text();
      const isJson = response.headers.get("Content-Type") === "application/json" && text !== "";
      return {
        status: response.status,
        headers: response.headers,
        text,
        json: isJson ? JSON.parse(text) : undefined,
      };
    },
    async aServer(body = {}) {
      const reply = await cloud.call("POST", SERVERS, {
        name: "lab",
        commercial_type: "DEV1-S",
        image: "ubuntu_jammy",
        dynamic_ip_required: false,
        ...body,
      });
      assert.equal(reply.status, 201, reply.text);
      const { id, volumes } = reply.json.server;
      return { id, path: `${SERVERS}/${id}`, volumeId: volumes["0"].id };
    },
    act: (server, action) => cloud.call("POST", `${server.path}/action`, { action }),
    stateOf: async (server) => (await cloud.call("GET", server.path)).json.server.state,
  };
  return cloud;
}
