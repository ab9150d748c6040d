import assert from "node:assert/strict";
import { test } from "node:test";
import { createLimiter } from "../providers/limiter.ts";
import { createMemoryStore } from "../store/memory.ts";
import { seededRandom } from "../testing/seeded-random.ts";
import { silentLog } from "../testing/silent-log.ts";
import { createVirtualClock } from "../testing/virtual-clock.ts";
import { createSharedBucket } from "./shared-bucket.ts";

/** Processes that call by one account of 20 calls a second as often as they are let. */
function aCrowd() {
  const clock = createVirtualClock();
  const random = seededRandom(1);
  const store = createMemoryStore({ random, clock });
  const calls: { at: number; name: string }[] = [];

  function boot(name: string, { mostCalls = Infinity } = {}) {
    const limiter = createLimiter({ clock, random });
    limiter.share((rate) => createSharedBucket({ store, clock, log: silentLog }, "main", rate));
    const leave = new AbortController();
    const call = async () => {
      for (let made = 0; made < mostCalls && !leave.signal.aborted; made++) {
        await limiter.enter("read", leave.signal);
        calls.push({ at: clock.now(), name });
      }
    };
    for (let hand = 0; hand < 5; hand++) void call().catch(() => undefined);
    return { limiter, leave: () => leave.abort() };
  }
  const within = (from: number, to: number) => calls.filter(({ at }) => at >= from && at < to).length;
  const by = (who: string) => calls.filter(({ name }) => name === who).length;
  return { clock, boot, within, by };
}

test("however many processes there are, they call no more often than one may, and no less", async () => {
  const { clock, boot, within } = aCrowd();
  const began = clock.now();
  for (const name of ["a", "b", "c", "d"]) {
    boot(name);
    await clock.advance(15_000);
  }
  for (let from = began; from < clock.now() - 10_000; from += 500) {
    const calls = within(from, from + 10_000);
    assert.ok(calls <= 20 * 10 + 40, `${calls} calls in ten seconds`);
    assert.ok(calls >= 195, `${calls} calls in ten seconds`);
  }
});

test("one that calls alone has all of it at once, whoever else is there or died a moment ago", async () => {
  const { clock, boot, within, by } = aCrowd();
  boot("idle", { mostCalls: 1 });
  const dead = boot("dead");
  await clock.advance(5_000);
  dead.leave();
  const from = clock.now();
  boot("new");
  await clock.advance(5_000);
  assert.ok(by("new") >= 95, `${by("new")} calls`);
  assert.ok(within(from, from + 5_000) <= 102);
});

test("those that want more than there is have equal parts", async () => {
  const { clock, boot, by } = aCrowd();
  for (const name of ["a", "b", "c", "d"]) boot(name);
  await clock.advance(60_000);
  for (const name of ["a", "b", "c", "d"]) assert.ok(Math.abs(by(name) - 310) < 12, `${name}: ${by(name)}`);
});

test("what one is told of too many calls holds all of them", async () => {
  const { clock, boot, within } = aCrowd();
  const [first] = [boot("a"), boot("b"), boot("c")];
  await clock.advance(5_000);
  const from = clock.now();
  first.limiter.hold(4_000);
  await clock.advance(4_000);
  assert.ok(within(from + 500, from + 4_000) === 0, `${within(from, from + 4_000)} calls`);
  await clock.advance(6_000);
  assert.ok(within(from + 5_000, from + 10_000) > 90);
});
