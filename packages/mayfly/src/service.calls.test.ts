import assert from "node:assert/strict";
import { test } from "node:test";
import { countCalls } from "./testing/count-calls.ts";

const LIFETIME_MS = 300_000;

for (const { name, ipv6, most } of [
  { name: "a hundred instances with cloud-init cost at most 6 calls each", ipv6: false, most: 6 },
  { name: "a hundred instances with a routed IPv6 cost at most 8 calls each", ipv6: true, most: 8 },
])
  test(`${name}, from the create to gone`, { timeout: 60_000 }, async (t) => {
    const { calls, perInstance, upMs, downMs, left } = await countCalls({
      instances: 100,
      ipv6,
      lifetimeMs: LIFETIME_MS,
    });
    t.diagnostic(
      `${calls.total} calls, ${perInstance} per instance; all up in ${upMs} ms, all gone ${downMs} ms after their deadline`,
    );
    t.diagnostic(JSON.stringify(calls.byOperation));
    assert.ok(perInstance <= most, `${perInstance} calls per instance`);
    assert.deepEqual([left.machines, left.volumes, left.addresses], [[], [], []]);
  });
