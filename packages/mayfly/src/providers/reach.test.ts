import assert from "node:assert/strict";
import { test } from "node:test";
import { createReach } from "./reach.ts";

/** A cloud whose calls are settled one by one. */
function aReach() {
  let now = 0;
  const calls: PromiseWithResolvers<Response>[] = [];
  const reach = createReach(
    () => {
      const call = Promise.withResolvers<Response>();
      calls.push(call);
      return call.promise;
    },
    { monotonic: () => now },
  );
  const ask = () => void reach.fetch(new Request("http://cloud.test")).catch(() => undefined);
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  return { ...reach, calls, ask, settled, pass: (ms: number) => void (now += ms) };
}

test("nobody who was not asked is silent, nor who takes a while", () => {
  const { silence, ask, pass } = aReach();
  pass(60_000);
  assert.equal(silence(), undefined);
  ask();
  pass(9_000);
  assert.equal(silence(), undefined);
});

test("a call without an answer is a silence, until any call has one", async () => {
  const { silence, ask, pass, calls, settled } = aReach();
  ask();
  pass(11_000);
  assert.deepEqual(silence(), { ms: 11_000, reason: "calls go out, and no answer comes back" });
  ask();
  calls[1]!.resolve(new Response(null, { status: 500 }));
  await settled();
  assert.equal(silence(), undefined);
  pass(60_000);
  assert.equal(silence(), undefined);
});

test("a call that fails is a silence at once, with its innermost cause, and lasts from the first of several", async () => {
  const { silence, ask, pass, calls, settled } = aReach();
  for (const index of [0, 1]) {
    ask();
    pass(1_000);
    calls[index]!.reject(new TypeError("fetch failed", { cause: new Error("connect ECONNREFUSED") }));
    await settled();
  }
  assert.deepEqual(silence(), { ms: 2_000, reason: "connect ECONNREFUSED" });
  ask();
  calls[2]!.resolve(new Response());
  await settled();
  assert.equal(silence(), undefined);
});
