import assert from "node:assert/strict";
import { test } from "node:test";
import { createVirtualClock } from "../testing/virtual-clock.ts";
import { limitedFetch } from "./limited-fetch.ts";

async function heldBy(headers: Record<string, string>): Promise<number | undefined> {
  const clock = createVirtualClock();
  let held: number | undefined;
  const limiter = {
    enter: async () => {},
    hold: (ms: number) => (held = ms),
    counts: () => ({ read: 0, create: 0, delete: 0 }),
  };
  const fetch = limitedFetch(async () => new Response(null, { status: 429, headers }), "read", {
    limiter,
    clock,
    heard: () => {},
  });
  await fetch(new Request("http://cloud/"));
  return held;
}

test("an empty 429 holds the bucket for a moment", async () => assert.equal(await heldBy({}), 1_500));
test("Retry-After in seconds is kept", async () => assert.equal(await heldBy({ "retry-after": "7" }), 7_000));
test("Retry-After as a date is kept", async () =>
  assert.equal(
    await heldBy({ "retry-after": new Date(Date.UTC(2030, 0, 1, 0, 0, 9)).toUTCString() }),
    9_000,
  ));
test("a Retry-After of a day does not hold deletes for a day", async () =>
  assert.equal(await heldBy({ "retry-after": "86400" }), 300_000));
test("nonsense in Retry-After is as good as none", async () =>
  assert.equal(await heldBy({ "retry-after": "1e400" }), 1_500));

test("what the cloud says of the time is passed on with the moment of the question", async () => {
  const clock = createVirtualClock();
  const heard: number[][] = [];
  const limiter = { enter: async () => {}, hold() {}, counts: () => ({ read: 0, create: 0, delete: 0 }) };
  const date = Date.UTC(2030, 0, 1, 0, 0, 3);
  const base = async () => {
    void clock.advance(5_000);
    await clock.sleep(4_000);
    return new Response("", { headers: { date: new Date(date).toUTCString() } });
  };
  await limitedFetch(base, "read", { limiter, clock, heard: (...call) => heard.push(call) })(
    new Request("http://cloud/"),
  );
  assert.deepEqual(heard, [[date, 0]]);
});
