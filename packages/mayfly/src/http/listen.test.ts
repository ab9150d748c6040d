import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { systemClock } from "../clock.ts";
import { createApi } from "./create-api.ts";
import { anInstance } from "../testing/builders.ts";
import { createFakeCommands } from "./testing/fake-commands.ts";
import { listen } from "./listen.ts";
import type { ListenOptions } from "./listen.ts";

const folder = mkdtempSync(join(tmpdir(), "mayfly-listen-"));
after(() => rmSync(folder, { recursive: true }));

const start = (name: string, more: Partial<ListenOptions> = {}) =>
  listen({
    handler: createApi({ commands: createFakeCommands(anInstance), clock: systemClock, log: { error() {} } }),
    clock: systemClock,
    socketPath: join(folder, name),
    ...more,
  });

test("only this user can reach the socket, and it goes with the service", async () => {
  const listening = await start("a.sock");
  assert.equal(statSync(join(folder, "a.sock")).mode & 0o777, 0o600);
  await listening.close();
  assert.ok(!existsSync(join(folder, "a.sock")));
});

test("a socket that a killed service left is taken over", async () => {
  const path = join(folder, "stale.sock");
  const dead = createServer();
  await new Promise<void>((resolve) => dead.listen(path, resolve));
  const listening = await start("stale.sock");
  await listening.close();
  dead.close();
});

test("a file that is no socket is left alone", async () => {
  writeFileSync(join(folder, "file"), "precious");
  await assert.rejects(start("file"), /no socket/);
  assert.ok(existsSync(join(folder, "file")));
});

test("a port is one of the loopback interface, and browsers' tricks are not answered there", async () => {
  const listening = await start("tcp.sock", { tcp: { port: 0, token: "t" } });
  assert.match(listening.url ?? "", /^http:\/\/127\.0\.0\.1:\d+$/);
  const headers = { Authorization: "Bearer t" };
  assert.equal((await fetch(`${listening.url}/v1/health`, { headers })).status, 200);
  const { port } = new URL(listening.url!);
  const status = await new Promise((resolve) =>
    request(
      { port, host: "127.0.0.1", path: "/v1/health", headers: { ...headers, Host: "evil.example" } },
      (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      },
    ).end(),
  );
  assert.equal(status, 403);
  await listening.close();
});

test("an event stream does not hold up the end", { timeout: 20_000 }, async () => {
  const listening = await start("sse.sock", {
    tcp: { port: 0, token: "t" },
    clock: { ...systemClock, sleep: () => new Promise(() => {}) },
  });
  const headers = { Accept: "text/event-stream", Authorization: "Bearer t" };
  const answer = await fetch(`${listening.url}/v1/events`, { headers });
  const reading = answer.text().catch(() => "cut");
  await listening.close();
  await reading;
});
