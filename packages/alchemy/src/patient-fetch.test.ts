import assert from "node:assert/strict";
import { test } from "node:test";
import { patientFetch } from "./patient-fetch.ts";

function aCloud(refusals: number, retryAfter?: string) {
  const bodies: string[] = [];
  const slept: number[] = [];
  const clock = { now: () => 0, monotonic: () => 0, sleep: async (ms: number) => void slept.push(ms) };
  const send = patientFetch(async (request) => {
    bodies.push(await request.text());
    const headers = retryAfter === undefined ? {} : { "retry-after": retryAfter };
    return bodies.length <= refusals ? new Response(null, { status: 429, headers }) : new Response("done");
  }, clock);
  const ask = () => send(new Request("http://cloud.test/", { method: "POST", body: "order" }));
  return { ask, bodies, slept };
}

test("what was turned away as too much is sent again, whole, ever more rarely", async () => {
  const { ask, bodies, slept } = aCloud(3);
  assert.equal(await (await ask()).text(), "done");
  assert.deepEqual(bodies, ["order", "order", "order", "order"]);
  assert.deepEqual(slept, [1_000, 2_000, 4_000]);
});

test("the cloud says how long to wait, and whoever asks for too long is taken at its word", async () => {
  const soon = aCloud(1, "7");
  assert.equal((await soon.ask()).status, 200);
  assert.deepEqual(soon.slept, [7_000]);
  const late = aCloud(1, "3600");
  assert.equal((await late.ask()).status, 429);
  assert.deepEqual(late.slept, []);
  assert.equal((await aCloud(100).ask()).status, 429);
});
