import assert from "node:assert/strict";
import { connect } from "node:net";
import type { Socket } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { limits } from "../api/limits.ts";
import { systemClock } from "../clock.ts";
import { listen } from "../http/listen.ts";
import { eventually } from "../testing/eventually.ts";
import { expectTameAnswer } from "../testing/expect-tame-answer.ts";
import { get, httpDoors, post, statusOf, TOKEN } from "../testing/http-doors.ts";
import { rawHttp } from "../testing/raw-http.ts";

const doors = await httpDoors();

test("bodies are bounded, whatever they say of their length", async () => {
  const text = `{"userData":"${"x".repeat(limits.bodyBytes)}"}`;
  assert.equal(statusOf(await rawHttp(doors.socket, post("/v1/instances", text))), 413);
  const chunk = `${text.length.toString(16)}\r\n${text}\r\n`;
  const chunked = post("/v1/instances", "").replace(/Content-Length: 0/, "Transfer-Encoding: chunked");
  assert.equal(statusOf(await rawHttp(doors.socket, chunked, chunk)), 413);
  assert.deepEqual(doors.commands.created, []);
});

for (const [what, body] of Object.entries({
  "an array in an array in an array …": "[".repeat(200_000) + "]".repeat(200_000),
  "tags in tags in tags …": `{"tags":${"[".repeat(200_000)}${"]".repeat(200_000)}}`,
  "user data in user data …": `{"userData":${'{"a":'.repeat(80_000)}1${"}".repeat(80_000)}}`,
  "forty thousand unknown fields": `{${Array.from({ length: 40_000 }, (_, i) => `"k${i}":1`).join()}}`,
  "one unknown field as long as a body": `{"${"k".repeat(limits.bodyBytes - 20)}":1}`,
  "a hundred thousand tags": `{"tags":[${Array.from({ length: 100_000 }, () => '""').join()}]}`,
  "a lifetime as long as a body": `{"lifetime":"${"1s".repeat(200_000)}"}`,
  "what every object has": '{"__proto__":{"name":"x"},"constructor":{"prototype":{}}}',
}))
  test(`${what}: refused in few words`, async () => {
    const answer = await rawHttp(doors.socket, post("/v1/instances", body));
    assert.equal(statusOf(answer), 400);
    expectTameAnswer(answer);
    assert.deepEqual(doors.commands.created, []);
  });

test("heads are bounded, in length and in number", async () => {
  assert.equal(statusOf(await rawHttp(doors.socket, get("/", `X: ${"x".repeat(20_000)}\r\n`))), 431);
  assert.equal(statusOf(await rawHttp(doors.socket, get("/", "X: x\r\n".repeat(20_000)))), 431);
  assert.equal(statusOf(await rawHttp(doors.socket, get(`/${"x".repeat(20_000)}`))), 431);
});

for (const [what, bytes] of Object.entries({
  "says nothing": "",
  "stops in its head": "GET / HTTP/1.1\r\nHost: local",
  "stops in its body": post("/v1/instances", "{}").replace("Content-Length: 2", "Content-Length: 200"),
}))
  test(`who ${what} is not waited for`, { timeout: 60_000 }, async () => {
    const answer = await rawHttp(doors.socket, bytes);
    assert.ok([0, 408].includes(statusOf(answer)), answer);
  });

test(
  "clients that follow events are bounded, and whoever leaves makes room",
  { timeout: 60_000 },
  async () => {
    const follow = () =>
      new Promise<{ socket: Socket; status: number }>((resolve) => {
        const socket = connect(doors.socket);
        socket.on("error", () => undefined);
        socket.once("data", (chunk) => resolve({ socket, status: statusOf(String(chunk)) }));
        socket.write(get("/v1/events", "Accept: text/event-stream\r\n"));
      });
    const followers = await Promise.all(Array.from({ length: limits.streams }, follow));
    assert.ok(followers.every(({ status }) => status === 200));
    const late = await follow();
    assert.equal(late.status, 503);
    for (const { socket } of followers) socket.destroy();
    await eventually(
      async () => {
        const { socket, status } = await follow();
        socket.destroy();
        assert.equal(status, 200);
      },
      { boundMs: 30_000 },
    );
  },
);

test("who opens connections without end at the port does not close the socket's door", async (t) => {
  const apart = join(doors.folder, "apart");
  const where = { socketPath: apart, tcp: { port: 0, token: TOKEN } };
  const other = await listen({
    handler: doors.api,
    clock: systemClock,
    ...where,
    mostConnections: 5,
    graceMs: 0,
  });
  const knock = () => connect({ host: "127.0.0.1", port: Number(new URL(other.url!).port) });
  const sockets = Array.from({ length: 20 }, () => knock().resume());
  t.after(async () => {
    for (const socket of sockets) socket.destroy();
    await other.close();
  });
  for (const socket of sockets) socket.on("error", () => undefined);
  const open = () => sockets.filter((socket) => !socket.closed).length;
  await eventually(() => assert.equal(open(), 5), { boundMs: 30_000 });
  assert.equal(statusOf(await rawHttp({ path: apart }, get("/v1/health"))), 200);
});
