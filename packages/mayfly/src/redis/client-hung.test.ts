import assert from "node:assert/strict";
import { createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { test } from "node:test";
import { readRedisAddress } from "../api/redis-address.ts";
import type { RedisAddress } from "../api/redis-address.ts";
import { systemClock } from "../clock.ts";
import type { Clock } from "../clock.ts";
import { connectRedis } from "./client.ts";

const PASSWORD = "hush";

/** It takes connections and answers nothing, not even to the password. */
async function aHungServer() {
  const open = new Set<Socket>();
  const arrived = Promise.withResolvers<void>();
  const server = createServer((socket) => {
    open.add(socket);
    arrived.resolve();
    socket.on("error", () => undefined);
    socket.on("close", () => open.delete(socket));
    socket.resume();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: readRedisAddress(`redis://:${PASSWORD}@127.0.0.1:${port}`) as RedisAddress,
    arrived: arrived.promise,
    async expectNoneLeft() {
      for (const until = Date.now() + 5_000; open.size > 0 && Date.now() < until;) await sleep(10);
      assert.equal(open.size, 0, "connections are left open");
    },
    close() {
      for (const socket of open) socket.destroy();
      server.close();
    },
  };
}

const hurried: Clock = { ...systemClock, sleep: (_, signal) => systemClock.sleep(100, signal) };

test("a connection that a redis which hangs never lets in is given up with what was asked", async (t) => {
  const server = await aHungServer();
  t.after(() => server.close());
  const redis = connectRedis(server.address, hurried);
  await Promise.all(
    ["k", "k"].map((key) =>
      assert.rejects(redis.get(key), { code: "unavailable", message: /^get k at redis .*: ./ }),
    ),
  );
  await server.expectNoneLeft();
  await redis.close();
});

test("the end of all connections waits for none that is still being made", async (t) => {
  const server = await aHungServer();
  t.after(() => server.close());
  const redis = connectRedis(server.address, systemClock);
  const asked = assert.rejects(redis.get("k"), { code: "unavailable" });
  await server.arrived;
  await redis.close();
  await asked;
  await server.expectNoneLeft();
});
