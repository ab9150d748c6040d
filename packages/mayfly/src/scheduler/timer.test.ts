import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createVirtualClock } from "../testing/virtual-clock.ts";
import { describeScheduler } from "./contract.ts";
import { createTimerScheduler } from "./timer.ts";

const HOUR = 3_600_000;

describeScheduler("timer", async () => {
  const { clock, rows, scheduler } = aTimer();
  return {
    scheduler,
    now: clock.now,
    put: async (id, at) => rows.put(id, at),
    hold: async (id, until) => rows.hold(id, until),
    pass: clock.advance,
    latencyMs: 1_000,
  };
});

describe("timer", () => {
  test("nothing is asked of the rows while nothing is due", async () => {
    const { clock, rows, scheduler } = await started();
    rows.put("a", clock.now() + 30 * 24 * HOUR);
    await scheduler.wake("a", clock.now() + 30 * 24 * HOUR);
    await clock.advance(100);
    const before = rows.queries;
    await clock.advance(HOUR - 1_000);
    assert.equal(rows.queries, before);
  });

  test("with no rows at all it sleeps, and looks once an hour at what nobody told it", async () => {
    const { clock, rows, calls } = await started();
    await clock.advance(100);
    const before = rows.queries;
    assert.ok(clock.nextAt()! - clock.now() > HOUR - 1_000);
    rows.put("a", clock.now());
    await clock.advance(HOUR - 1_000);
    assert.deepEqual([rows.queries, calls], [before, []]);
    await clock.advance(1_000);
    assert.deepEqual(calls, ["a"]);
  });

  test("the earliest row is handled to the millisecond, also when it comes after others", async () => {
    const { clock, rows, scheduler, times } = await started();
    const began = clock.now();
    for (const [id, ms] of Object.entries({ a: 50_000, b: 20_000, c: 20_001, d: 7_000_123 })) {
      rows.put(id, began + ms);
      await scheduler.wake(id, began + ms);
    }
    await clock.advance(2 * HOUR);
    const handledAfter = { a: 50_000, b: 20_000, d: 7_000_123 };
    for (const [id, ms] of Object.entries(handledAfter)) assert.equal(times.get(id)! - began, ms, id);
    // It comes while the handling of the one before hides it.
    assert.ok(times.get("c")! - began - 20_001 <= 10);
  });

  test("a thousand wakes at once cost no query each", async () => {
    const { clock, rows, scheduler, calls } = await started();
    await clock.advance(100);
    const before = rows.queries;
    const ids = Array.from({ length: 1_000 }, (_, n) => `i-${n}`);
    await Promise.all(ids.map((id) => scheduler.wake(id, clock.now())));
    await clock.advance(1_000);
    assert.equal(calls.length, 1_000);
    assert.ok(rows.queries - before <= 2, `${rows.queries - before} queries`);
  });

  test("a thousand wakes for a time to come cost no query before that time", async () => {
    const { clock, rows, scheduler, calls } = await started();
    await clock.advance(100);
    const before = rows.queries;
    const at = clock.now() + 60_000;
    const ids = Array.from({ length: 1_000 }, (_, n) => `i-${n}`);
    for (const id of ids) rows.put(id, at);
    await Promise.all(ids.map((id) => scheduler.wake(id, at)));
    await clock.advance(59_999);
    assert.equal(rows.queries, before);
    await clock.advance(1_000);
    assert.equal(calls.length, 1_000);
    assert.ok(rows.queries - before <= 6, `${rows.queries - before} queries`);
  });

  test("no more than the concurrency are handled at once, and all are in the end", async () => {
    const timer = aTimer({ concurrency: 10, batch: 7 });
    for (let n = 0; n < 100; n++) timer.rows.put(`i-${n}`, timer.clock.now() - n);
    let most = 0;
    let underWay = 0;
    timer.onCall = async () => {
      most = Math.max(most, ++underWay);
      await timer.clock.sleep(1_000);
      underWay--;
    };
    await timer.start();
    await timer.clock.advance(11_000);
    assert.equal(timer.calls.length, 100);
    assert.equal(most, 10);
    await timer.scheduler.stop();
  });

  test("many instances that stay due do not keep others from being handled", async () => {
    const timer = aTimer({ concurrency: 5 });
    const stuck = Array.from({ length: 50 }, (_, n) => `stuck-${n}`);
    for (const id of stuck) timer.rows.put(id, 0);
    timer.rows.put("fine", timer.clock.now());
    timer.onCall = async (id) => {
      if (id !== "fine") throw new Error(`cannot handle ${id}`);
    };
    await timer.start();
    await timer.clock.advance(100);
    assert.ok(timer.calls.includes("fine"));
    assert.deepEqual(new Set(timer.calls), new Set([...stuck, "fine"]));
    assert.equal(timer.calls.length, 51);
    await timer.scheduler.stop();
  });

  test("an instance that stays due is tried again every second", async () => {
    const timer = aTimer();
    timer.rows.put("a", timer.clock.now());
    timer.onCall = async () => {
      throw new Error("no");
    };
    await timer.start();
    await timer.clock.advance(10_500);
    assert.equal(timer.calls.length, 11);
    assert.ok(timer.rows.queries < 300, `${timer.rows.queries} queries`);
    await timer.scheduler.stop();
  });

  test("a handler's own next step is not held back", async () => {
    const timer = aTimer();
    const { clock, rows, scheduler } = timer;
    rows.put("a", clock.now());
    timer.onCall = async () => {
      if (timer.calls.length === 4) return;
      rows.put("a", clock.now() + 5);
      await scheduler.wake("a", clock.now() + 5);
    };
    const began = clock.now();
    await timer.start();
    await clock.advance(16);
    assert.deepEqual([timer.calls.length, timer.times.get("a")], [4, began + 15]);
    await scheduler.stop();
  });

  test("a row whose time comes while another is handled in vain is not late", async () => {
    const timer = aTimer();
    const { clock, rows } = timer;
    rows.put("stuck", 0);
    rows.put("a", clock.now() + 700);
    const began = clock.now();
    timer.onCall = async (id) => {
      if (id === "stuck") throw new Error("no");
    };
    await timer.start();
    await clock.advance(2_000);
    assert.ok(timer.times.get("a")! - began - 700 <= 250, `${timer.times.get("a")! - began} ms`);
    await timer.scheduler.stop();
  });

  test("rows that cannot be read are read again a second later, and the trouble is told", async () => {
    const timer = aTimer();
    timer.rows.put("a", timer.clock.now());
    timer.rows.failures = 3;
    await timer.start();
    await timer.clock.advance(2_900);
    assert.deepEqual([timer.calls, timer.errors.length], [[], 3]);
    await timer.clock.advance(200);
    assert.deepEqual(timer.calls, ["a"]);
    assert.equal(timer.errors.length, 3);
    await timer.scheduler.stop();
  });

  test("a wall clock that is set forward makes nothing later than ten seconds", async () => {
    const { clock, rows, scheduler, calls } = await started();
    rows.put("a", clock.now() + 5 * HOUR);
    await scheduler.wake("a", clock.now() + 5 * HOUR);
    await clock.advance(10_000);
    clock.jumpWall(6 * HOUR);
    await clock.advance(10_000);
    assert.deepEqual(calls, ["a"]);
  });

  test("a wall clock that is set back makes nothing earlier", async () => {
    const { clock, rows, scheduler, times } = await started();
    const at = clock.now() + 600_000;
    rows.put("a", at);
    await scheduler.wake("a", at);
    clock.jumpWall(-HOUR);
    await clock.advance(2 * HOUR);
    assert.equal(times.get("a"), at);
  });

  test("a wake that comes before the start is not lost", async () => {
    const timer = aTimer();
    await timer.scheduler.wake("a", timer.clock.now());
    await timer.start();
    await timer.clock.advance(1);
    assert.deepEqual(timer.calls, ["a"]);
    await timer.scheduler.stop();
  });

  test("handlers that wake each other at once do not nest", async () => {
    const timer = aTimer();
    timer.onCall = async (id) => {
      const n = Number(id);
      if (n < 20_000) await timer.scheduler.wake(String(n + 1), timer.clock.now());
    };
    await timer.start();
    await timer.scheduler.wake("0", timer.clock.now());
    await timer.clock.advance(10);
    assert.equal(timer.calls.length, 20_001);
    await timer.scheduler.stop();
  });

  test("nothing sleeps on after stop", async () => {
    const { clock, scheduler } = await started();
    await clock.advance(1_000);
    await scheduler.stop();
    assert.equal(clock.nextAt(), undefined);
    await clock.advance(2 * HOUR);
  });
});

async function started() {
  const timer = aTimer();
  await timer.start();
  return timer;
}

/** A timer over rows in memory; a handler takes its row's time away unless it throws or writes another. */
function aTimer(options: { concurrency?: number; batch?: number } = {}) {
  const clock = createVirtualClock();
  const times = new Map<string, number | undefined>();
  const held = new Map<string, number>();
  const rows = {
    queries: 0,
    failures: 0,
    put: (id: string, at: number | undefined) => void times.set(id, at),
    hold: (id: string, until: number) => void held.set(id, until),
    async due(now: number, limit: number) {
      count();
      const found = timed().filter(([id, at]) => at <= now && !((held.get(id) ?? 0) > now));
      return found.slice(0, limit).map(([id]) => id);
    },
    async nextDueAt(now: number) {
      count();
      const at = timed().map(([id, at]) => ((held.get(id) ?? 0) > now ? Math.max(at, held.get(id)!) : at));
      return at.length === 0 ? undefined : Math.min(...at);
    },
  };
  const timed = () =>
    [...times]
      .flatMap(([id, at]) => (at === undefined ? [] : [[id, at] as const]))
      .sort((a, b) => a[1] - b[1]);
  const count = () => {
    rows.queries++;
    if (rows.failures > 0 && rows.failures--) throw new Error("the store is busy");
  };
  const scheduler = createTimerScheduler({ rows, clock, ...options });
  const timer = {
    clock,
    rows,
    scheduler,
    calls: [] as string[],
    times: new Map<string, number>(),
    errors: [] as unknown[],
    onCall: async (_id: string): Promise<void> => {},
    start: () =>
      scheduler.start(
        async (id) => {
          timer.calls.push(id);
          timer.times.set(id, clock.now());
          const before = times.get(id);
          await timer.onCall(id);
          if (times.get(id) === before) times.delete(id);
        },
        (error) => void timer.errors.push(error),
      ),
  };
  return timer;
}
