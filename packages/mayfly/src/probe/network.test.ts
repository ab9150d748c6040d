import assert from "node:assert/strict";
import { createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import { test } from "node:test";
import type { TestContext } from "node:test";
import { systemClock } from "../clock.ts";
import { createVirtualClock } from "../testing/virtual-clock.ts";
import { createNetworkProbe } from "./network.ts";

/** Somebody on a port; `closed` resolves when the only caller has hung up. */
async function listening(t: TestContext, greet: (socket: Socket) => void) {
  let hungUp: () => void;
  const closed = new Promise<void>((resolve) => (hungUp = resolve));
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.on("close", () => hungUp());
    greet(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.close());
  return { port: (server.address() as AddressInfo).port, closed };
}

const HERE = ["127.0.0.1"];

for (const [what, greeting] of [
  ["a greeting", "SSH-2.0-OpenSSH_9.6\r\n"],
  ["other lines before it", "hello\r\nyou\r\nSSH-2.0-dropbear\r\n"],
] as const)
  test(`a server that sends ${what} is ready, and is hung up on`, async (t) => {
    const { port, closed } = await listening(t, (socket) => socket.write(greeting));
    const probe = createNetworkProbe({ clock: systemClock, port });
    assert.deepEqual(await probe.ssh(HERE), { kind: "ready" });
    await closed;
  });

test("a greeting that arrives in pieces is one", async (t) => {
  const { port } = await listening(t, (socket) => {
    socket.write("SS");
    setImmediate(() => socket.write("H-2.0-x\r\n"));
  });
  assert.equal((await createNetworkProbe({ clock: systemClock, port }).ssh(HERE)).kind, "ready");
});

test("one address that answers is enough", async (t) => {
  const { port } = await listening(t, (socket) => socket.write("SSH-2.0-x\r\n"));
  const probe = createNetworkProbe({ clock: systemClock, port });
  assert.equal((await probe.ssh(["127.0.0.2", "127.0.0.1"])).kind, "ready");
});

for (const [what, greet] of [
  ["a web server", (socket: Socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")],
  ["who hangs up", (socket: Socket) => socket.end()],
  ["SSH- in the middle of a line", (socket: Socket) => socket.end("no SSH-2.0-x\r\n")],
] as const)
  test(`${what} is not SSH, and nothing of it is repeated`, async (t) => {
    const { port } = await listening(t, greet);
    const why = `127.0.0.1 port ${port}: what answers is not SSH`;
    assert.deepEqual(await createNetworkProbe({ clock: systemClock, port }).ssh(HERE), {
      kind: "not-yet",
      why,
    });
  });

test("a stream without end is read no further than a greeting may be", async (t) => {
  const { port, closed } = await listening(t, (socket) => {
    const pour = () => void (socket.destroyed || socket.write("x".repeat(60_000), pour));
    pour();
  });
  const heard = await createNetworkProbe({ clock: systemClock, port }).ssh(HERE);
  assert.equal(heard.kind, "not-yet");
  await closed;
});

test("who says nothing is given up after the time limit, and hung up on", async (t) => {
  let connected: () => void;
  const arrived = new Promise<void>((resolve) => (connected = resolve));
  const { port, closed } = await listening(t, () => connected());
  const clock = createVirtualClock();
  const asked = createNetworkProbe({ clock, port, timeoutMs: 3_000 }).ssh(HERE);
  await arrived;
  await clock.advance(3_000);
  assert.deepEqual(await asked, { kind: "not-yet", why: `127.0.0.1 port ${port}: no answer` });
  await closed;
});

test("a port that nobody listens on refuses", async () => {
  const probe = createNetworkProbe({ clock: systemClock, port: 1 });
  assert.deepEqual(await probe.ssh(HERE), { kind: "not-yet", why: "127.0.0.1 port 1: refused" });
});

test("a machine without an address is not ready yet", async () => {
  const probe = createNetworkProbe({ clock: systemClock });
  assert.deepEqual(await probe.ssh([]), { kind: "not-yet", why: "it has no address yet" });
});
