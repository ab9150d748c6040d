import assert from "node:assert/strict";
import { test } from "node:test";
import type { Clock } from "../clock.ts";
import { createMemoryStore } from "../store/memory.ts";
import { StoreError } from "../store/error.ts";
import type { Store } from "../store/store.ts";
import { createInterceptor } from "../testing/interceptor.ts";
import { seededRandom } from "../testing/seeded-random.ts";
import { silentLog } from "../testing/silent-log.ts";
import { createVirtualClock } from "../testing/virtual-clock.ts";
import { createDuties } from "./duties.ts";
import type { Tenure } from "./duties.ts";

/** Processes that all want to do one duty. */
function aDuty() {
  const clock = createVirtualClock();
  const store = createMemoryStore({ random: seededRandom(1), clock });
  const atIt = new Set<string>();

  function boot(name: string, over: Partial<Store> = {}) {
    let goOn = () => {};
    const interceptor = createInterceptor(
      () => {},
      (thaw) => (goOn = thaw),
    );
    let fate: "through" | "freeze" = "through";
    const ports = {
      clock: interceptor.wrap<Clock>("clock", clock),
      store: interceptor.wrap("store", { ...store, ...over }, () => fate),
      log: silentLog,
    };
    const stopping = new AbortController();
    const tenures: Tenure[] = [];
    const kept = createDuties(ports, name).keep(
      "watch/main",
      async (tenure) => {
        tenures.push(tenure);
        atIt.add(name);
        await new Promise<void>((resolve) => tenure.signal.addEventListener("abort", () => resolve()));
        atIt.delete(name);
      },
      stopping.signal,
    );
    return {
      tenures,
      die: interceptor.crash,
      standStill: () => (fate = "freeze"),
      goOn() {
        fate = "through";
        goOn();
      },
      async stop() {
        stopping.abort();
        await kept;
      },
    };
  }
  return { clock, store, boot, atIt: () => [...atIt].join() };
}

test("one process does a duty, for as long as it lives", async () => {
  const { clock, boot, atIt } = aDuty();
  for (const name of ["a", "b", "c"]) boot(name);
  for (let turn = 0; turn < 20; turn++) {
    await clock.advance(7_001);
    assert.equal(atIt(), "a");
  }
});

test("the duty of a dead process is another's within ten seconds", async () => {
  const { clock, boot, atIt } = aDuty();
  const a = boot("a");
  await clock.advance(12_345);
  boot("b");
  await clock.advance(60_000);
  a.die();
  await clock.advance(10_000);
  assert.equal(atIt(), "a,b", "the dead one never said that it ended");
});

test("who stops gives it back at once", async () => {
  const { clock, boot, atIt } = aDuty();
  const a = boot("a");
  boot("b");
  await clock.advance(10_000);
  await a.stop();
  await clock.advance(2_000);
  assert.equal(atIt(), "b");
});

test("who stood still does nothing any more when it goes on, and hears so before the next step", async () => {
  const { clock, boot, atIt } = aDuty();
  const a = boot("a");
  await clock.advance(3_000);
  boot("b");
  a.standStill();
  await clock.advance(20_000);
  const [tenure] = a.tenures;
  assert.throws(() => tenure!.expectHeld(), { code: "lease_lost" });
  a.goOn();
  await clock.advance(0);
  assert.equal(atIt(), "b");
  await clock.advance(60_000);
  assert.equal(atIt(), "b");
});

test("a store that is away ends the tenure before anybody else can have it", async () => {
  let away = false;
  const { clock, boot, atIt, store } = aDuty();
  const takeDuty: Store["takeDuty"] = (...duty) =>
    away ? Promise.reject(new StoreError("unavailable", "away")) : store.takeDuty(...duty);
  const a = boot("a", { takeDuty });
  await clock.advance(4_000);
  away = true;
  await clock.advance(4_499);
  assert.equal(atIt(), "a");
  await clock.advance(1);
  assert.equal(atIt(), "");
  away = false;
  await clock.advance(3_000);
  assert.equal(atIt(), "a");
  assert.equal(a.tenures.length, 2);
});
