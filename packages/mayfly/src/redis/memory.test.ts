import assert from "node:assert/strict";
import { test } from "node:test";
import { systemClock } from "../clock.ts";
import { createVirtualClock } from "../testing/virtual-clock.ts";
import { describeRedis } from "./contract.ts";
import { createMemoryRedis } from "./memory.ts";

describeRedis("redis in memory", async () => {
  const server = createMemoryRedis(systemClock);
  return {
    redis: server.connect(),
    push: async (key, value, side) => server.push(key, value, side),
    listOf: async (key) => server.listOf(key),
  };
});

test("in memory a value is gone when its time is over", async () => {
  const clock = createVirtualClock();
  const redis = createMemoryRedis(clock).connect();
  await redis.swap("k", undefined, "a", 1_000);
  await clock.advance(999);
  assert.equal(await redis.get("k"), "a");
  await clock.advance(1);
  assert.equal(await redis.get("k"), undefined);
});
