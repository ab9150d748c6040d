import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, beforeEach } from "node:test";
import { systemClock } from "../clock.ts";
import { createApi } from "../http/create-api.ts";
import { createFakeCommands } from "../http/testing/fake-commands.ts";
import type { FakeCommands } from "../http/testing/fake-commands.ts";
import { listen } from "../http/listen.ts";
import { anInstance } from "./builders.ts";

export const TOKEN = "right";

/** The API's two doors on fake commands, for one test file; the commands are fresh for each test. */
export async function httpDoors() {
  const folder = mkdtempSync(join(tmpdir(), "mayfly-door-"));
  const path = join(folder, "s");
  const doors = { commands: createFakeCommands(anInstance), failures: [] as object[] };
  const current = new Proxy({} as FakeCommands, { get: (_, name) => Reflect.get(doors.commands, name) });
  const log = { error: (fields: object) => void doors.failures.push(fields) };
  const api = createApi({ commands: current, clock: systemClock, log });
  const where = { socketPath: path, tcp: { port: 0, token: TOKEN } };
  const listening = await listen({ handler: api, clock: systemClock, ...where, patienceMs: 400, graceMs: 0 });

  beforeEach(() => {
    doors.commands = createFakeCommands(anInstance);
    doors.commands.put(anInstance());
    doors.failures.length = 0;
  });
  after(async () => {
    await listening.close();
    rmSync(folder, { recursive: true });
  });
  const tcp = { host: "127.0.0.1", port: Number(new URL(listening.url!).port) };
  return Object.assign(doors, { api, folder, socket: { path }, tcp });
}

const HEAD = `Host: localhost\r\nAuthorization: Bearer ${TOKEN}\r\nConnection: close\r\n`;

export const get = (target: string, more = ""): string => `GET ${target} HTTP/1.1\r\n${HEAD}${more}\r\n`;

export const post = (target: string, body: string, more = ""): string =>
  `POST ${target} HTTP/1.1\r\n${HEAD}Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n${more}\r\n${body}`;

export const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0);
