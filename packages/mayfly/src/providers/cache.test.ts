import assert from "node:assert/strict";
import { test } from "node:test";
import { createCache } from "./cache.ts";

function aCache(options: { limit?: number } = {}) {
  let now = 0;
  const clock = { now: () => 0, monotonic: () => now, sleep: async () => {} };
  const loads: string[] = [];
  const cache = createCache<string>({ clock, ttlMs: 1_000, ...options });
  const get = (key: string) => cache.get(key, async () => (loads.push(key), `${key}${loads.length}`));
  return { cache, get, loads, pass: (ms: number) => (now += ms) };
}

test("a value is loaded once until its time is over", async () => {
  const { get, pass } = aCache();
  assert.deepEqual(await Promise.all([get("a"), get("a")]), ["a1", "a1"]);
  pass(999);
  assert.equal(await get("a"), "a1");
  pass(1);
  assert.equal(await get("a"), "a2");
});

test("a failure is not kept", async () => {
  const { cache, get } = aCache();
  await assert.rejects(cache.get("a", () => Promise.reject(new Error("no network"))));
  assert.equal(await get("a"), "a1");
});

test("the oldest value makes room", async () => {
  const { get, loads } = aCache({ limit: 2 });
  for (const key of ["a", "b", "c", "c", "b", "a"]) await get(key);
  assert.deepEqual(loads, ["a", "b", "c", "a"]);
});
