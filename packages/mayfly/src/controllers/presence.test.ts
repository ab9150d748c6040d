import assert from "node:assert/strict";
import { test } from "node:test";
import { createLimiter } from "../providers/limiter.ts";
import { createMemoryStore } from "../store/memory.ts";
import { seededRandom } from "../testing/seeded-random.ts";
import { silentLog } from "../testing/silent-log.ts";
import { createVirtualClock } from "../testing/virtual-clock.ts";
import type { Account } from "./ports.ts";
import { createPresence } from "./presence.ts";

/** Processes that call by one account as often as they are let. */
function aCrowd() {
  const clock = createVirtualClock();
  const random = seededRandom(1);
  const store = createMemoryStore({ random, clock });
  const calls: { at: number; name: string }[] = [];

  async function boot(name: string) {
    const limiter = createLimiter({ clock, random });
    const account = { name: "main", limiter } as unknown as Account;
    const ports = { store, clock, log: silentLog, accounts: new Map([["main", account]]) };
    const presence = createPresence(ports, name);
    const stopping = new AbortController();
    await presence.begin();
    const running = presence.run(stopping.signal);
    void (async () => {
      while (!stopping.signal.aborted) {
        await limiter.enter("read");
        calls.push({ at: clock.now(), name });
      }
    })();
    return async () => {
      stopping.abort();
      await running;
    };
  }
  const within = (from: number, to: number) => calls.filter(({ at }) => at >= from && at < to).length;
  const by = (who: string) => calls.filter(({ name }) => name === who).length;
  return { clock, store, boot, within, by };
}

test("however many processes there are, they call no more often than one may", async () => {
  const { clock, boot, within, store } = aCrowd();
  const began = clock.now();
  await boot("a");
  await clock.advance(10_000);
  for (const name of ["b", "c", "d"]) await boot(name);
  await clock.advance(10_000);
  await store.takeDuty("watch/main", { token: "b", now: clock.now(), until: clock.now() + 60_000 });
  await clock.advance(40_000);
  for (let from = began; from < clock.now() - 10_000; from += 500) {
    const calls = within(from, from + 10_000);
    assert.ok(calls <= 20 * 10 + 40, `${calls} calls in ten seconds`);
  }
  assert.ok(within(began + 50_000, began + 60_000) > 180, "and no less often");
});

test("who looks at the cloud for all has half of the calls", async () => {
  const { clock, boot, by, store } = aCrowd();
  for (const name of ["a", "b", "c", "d"]) await boot(name);
  await store.takeDuty("watch/main", { token: "c", now: clock.now(), until: clock.now() + 60_000 });
  await clock.advance(20_000);
  const before = { c: by("c"), d: by("d") };
  await clock.advance(30_000);
  assert.ok(Math.abs(by("c") - before.c - 300) < 10, `${by("c") - before.c}`);
  assert.ok(Math.abs(by("d") - before.d - 100) < 10, `${by("d") - before.d}`);
});

test("who goes leaves its part to the others", async () => {
  const { clock, boot, within } = aCrowd();
  const stop = await boot("a");
  await boot("b");
  await clock.advance(20_000);
  await stop();
  await clock.advance(5_000);
  const from = clock.now();
  await clock.advance(10_000);
  assert.ok(within(from, from + 10_000) > 180, `${within(from, from + 10_000)} calls`);
});
