import assert from "node:assert/strict";
import { test } from "node:test";
import { createVirtualClock } from "../testing/virtual-clock.ts";
import { createStoreClock } from "./store-clock.ts";

/** A store whose clock is ahead of this machine's by an hour, and which takes so long to say so. */
function aStore(answersAfterMs: () => number) {
  const clock = createVirtualClock();
  let aheadMs = 3_600_000;
  const now = async () => {
    const ms = answersAfterMs();
    await clock.sleep(ms / 2);
    const said = clock.now() + aheadMs;
    await clock.sleep(ms / 2);
    return said;
  };
  return {
    clock,
    store: { now },
    truth: () => clock.now() + aheadMs,
    set(ms: number) {
      aheadMs = ms;
    },
  };
}

test("the time is the store's, never ahead of it, and behind by no more than an answer takes", async () => {
  const { clock, store, truth } = aStore(() => 200);
  const its = createStoreClock(clock);
  assert.equal(its.now(), clock.now(), "nothing was heard yet");
  const heard = its.follow(store, new AbortController().signal);
  await clock.advance(200);
  await heard;
  for (let turn = 0; turn < 10; turn++) {
    const behindMs = truth() - its.now();
    assert.ok(behindMs >= 0 && behindMs <= 200, `${behindMs}`);
    await clock.advance(1_234);
  }
});

test("an answer that took long is not believed: who starts waits for a better one", async () => {
  let takesMs = 6_000;
  const { clock, store, truth } = aStore(() => takesMs);
  const its = createStoreClock(clock);
  const heard = its.follow(store, new AbortController().signal);
  await clock.advance(6_000);
  assert.equal(its.now(), clock.now());
  takesMs = 0;
  await clock.advance(1_000);
  await heard;
  assert.equal(its.now(), truth());
  takesMs = 6_000;
  await clock.advance(60_000);
  assert.equal(its.now(), truth(), "it goes on by itself");
});

test("this machine's wall clock may be set, and the store's is followed", async () => {
  const { clock, store, truth, set } = aStore(() => 0);
  const its = createStoreClock({ ...clock, now: () => assert.fail("the wall clock was read") });
  await its.follow(store, new AbortController().signal);
  set(-60_000);
  await clock.advance(2_001);
  assert.equal(its.now(), truth());
});

test("a store that is away leaves the time as it goes", async () => {
  const { clock, truth } = aStore(() => 0);
  let away = false;
  const now = async () => (away ? Promise.reject(new Error("away")) : truth());
  const its = createStoreClock(clock);
  const over = new AbortController();
  await its.follow({ now }, over.signal);
  away = true;
  await clock.advance(3_600_000);
  assert.equal(its.now(), truth());
  over.abort();
  await clock.advance(0);
  assert.equal(clock.nextAt(), undefined, "nobody asks any more");
});
