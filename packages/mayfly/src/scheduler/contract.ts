import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Scheduler } from "./scheduler.ts";

/** A scheduler over rows that a test can write. */
export interface SchedulerWorld {
  scheduler: Scheduler;
  now(): number;
  /** Writes the row's time, and wakes nobody. */
  put(id: string, at: number | undefined): Promise<void>;
  /** Another worker takes the row's lease. */
  hold(id: string, until: number): Promise<void>;
  /** Lets so much time go by, and all that follows from it settle. */
  pass(ms: number): Promise<void>;
  /** The latest that a call may come. */
  latencyMs: number;
}

/** What every scheduler must do. `make` makes a new world for each test, with no rows. */
export function describeScheduler(name: string, make: () => Promise<SchedulerWorld>): void {
  describe(name, () => {
    const given = (sentence: string, body: (world: SchedulerWorld, hand: Hand) => Promise<void>) =>
      test(sentence, async (t) => {
        const world = await make();
        const hand = aHand(world);
        t.after(async () => {
          hand.letGo();
          await world.scheduler.stop();
        });
        await body(world, hand);
      });

    given("what is due already is handled at once", async (world, hand) => {
      for (const id of ["a", "b"]) await world.put(id, world.now() - 5_000);
      await world.put("c", world.now() + 3_600_000);
      await world.scheduler.start(hand.handle, hand.onError);
      await world.pass(world.latencyMs);
      assert.deepEqual(hand.calls.toSorted(), ["a", "b"]);
    });

    given("an instance is handled at its time, once, and not before", async (world, hand) => {
      await world.scheduler.start(hand.handle, hand.onError);
      await wakeAt(world, "a", world.now() + 5 * world.latencyMs);
      await world.pass(4 * world.latencyMs);
      assert.deepEqual(hand.calls, []);
      await world.pass(2 * world.latencyMs);
      assert.deepEqual(hand.calls, ["a"]);
      await world.pass(20 * world.latencyMs);
      assert.deepEqual(hand.calls, ["a"]);
    });

    given("an instance is looked at now although its time has not come", async (world, hand) => {
      await world.put("a", world.now() + 3_600_000);
      await world.scheduler.start(hand.handle, hand.onError);
      await world.scheduler.wake("a", world.now());
      await world.pass(world.latencyMs);
      assert.deepEqual(hand.calls, ["a"]);
    });

    given("many are looked at now, whether they have a time or not", async (world, hand) => {
      await world.scheduler.start(hand.handle, hand.onError);
      const ids = Array.from({ length: 30 }, (_, n) => `i-${n}`);
      for (const id of ids.slice(0, 10)) await wakeAt(world, id, world.now() + 90 * world.latencyMs);
      for (const id of ids.slice(0, 20)) await world.put(id, world.now() + 90 * world.latencyMs);
      await world.scheduler.wakeNow([...ids, "i-0"]);
      await world.scheduler.wakeNow([]);
      await world.pass(2 * world.latencyMs);
      assert.deepEqual(new Set(hand.calls), new Set(ids));
      await world.pass(20 * world.latencyMs);
      assert.ok(hand.calls.length <= ids.length + 1, `${hand.calls.length} calls`);
    });

    given("a wake replaces an earlier one, sooner or later", async (world, hand) => {
      await world.scheduler.start(hand.handle, hand.onError);
      const began = world.now();
      await wakeAt(world, "later", began + 3 * world.latencyMs);
      await wakeAt(world, "later", began + 9 * world.latencyMs);
      await wakeAt(world, "sooner", began + 90 * world.latencyMs);
      await wakeAt(world, "sooner", began + 3 * world.latencyMs);
      await world.pass(6 * world.latencyMs);
      assert.deepEqual(hand.calls, ["sooner"]);
      await world.pass(5 * world.latencyMs);
      assert.deepEqual(hand.calls, ["sooner", "later"]);
    });

    given("many are handled at once", async (world, hand) => {
      hand.hold();
      const ids = Array.from({ length: 20 }, (_, n) => `i-${n}`);
      for (const id of ids) await world.put(id, world.now());
      await world.scheduler.start(hand.handle, hand.onError);
      await world.pass(2 * world.latencyMs);
      assert.equal(hand.underWay.size, 20);
    });

    given(
      "one is never handled twice at once, and once more for all wakes that came meanwhile",
      async (world, hand) => {
        hand.hold();
        await world.scheduler.start(hand.handle, hand.onError);
        await wakeAt(world, "a", world.now());
        await world.pass(world.latencyMs);
        // Its row has no time any more: only the wake knows that it is to be looked at.
        for (let n = 0; n < 5; n++) await world.scheduler.wake("a", world.now());
        await world.pass(2 * world.latencyMs);
        assert.deepEqual(hand.calls, ["a"]);
        hand.letGo();
        await world.pass(2 * world.latencyMs);
        assert.deepEqual(hand.calls, ["a", "a"]);
        await world.pass(10 * world.latencyMs);
        assert.deepEqual([hand.calls, hand.errors], [["a", "a"], []]);
      },
    );

    given("a handler that fails is a matter for onError, and of its instance only", async (world, hand) => {
      hand.nextError = new Error("handler bug");
      await world.scheduler.start(hand.handle, hand.onError);
      await wakeAt(world, "a", world.now());
      await world.pass(world.latencyMs);
      assert.deepEqual(hand.errors.map(String), ["Error: handler bug"]);
      await wakeAt(world, "b", world.now());
      await world.pass(3 * world.latencyMs);
      assert.deepEqual(hand.calls.toSorted(), ["a", "a", "b"]);
    });

    given("an instance that stays due although it was handled does not spin", async (world, hand) => {
      hand.doNothing = true;
      await world.scheduler.start(hand.handle, hand.onError);
      await wakeAt(world, "a", world.now());
      await world.pass(10_000);
      assert.ok(hand.calls.length >= 3, `handled ${hand.calls.length} times`);
      assert.ok(hand.calls.length <= 12, `handled ${hand.calls.length} times`);
    });

    given("a due row that another holds is left alone until its lease ends", async (world, hand) => {
      await world.put("a", world.now());
      await world.hold("a", world.now() + 5 * world.latencyMs);
      await world.scheduler.start(hand.handle, hand.onError);
      await world.pass(4 * world.latencyMs);
      assert.deepEqual(hand.calls, []);
      await world.pass(3 * world.latencyMs);
      assert.deepEqual(hand.calls, ["a"]);
    });

    given("stop waits for what is under way and begins nothing", async (world, hand) => {
      hand.hold();
      await world.scheduler.start(hand.handle, hand.onError);
      await wakeAt(world, "a", world.now());
      await world.pass(world.latencyMs);
      await wakeAt(world, "a", world.now());
      await wakeAt(world, "b", world.now() + world.latencyMs);
      let stopped = false;
      const stop = world.scheduler.stop().then(() => (stopped = true));
      await world.pass(3 * world.latencyMs);
      assert.equal(stopped, false);
      hand.letGo();
      await stop;
      await wakeAt(world, "c", world.now());
      await world.pass(3 * world.latencyMs);
      assert.deepEqual(hand.calls, ["a"]);
    });
  });
}

async function wakeAt(world: SchedulerWorld, id: string, at: number): Promise<void> {
  await world.put(id, at);
  await world.scheduler.wake(id, at);
}

type Hand = ReturnType<typeof aHand>;

/** A handler that notes its calls, and takes the row's time away unless told otherwise. */
function aHand(world: SchedulerWorld) {
  let gate: { open: Promise<void>; letGo: () => void } | undefined;
  const hand = {
    calls: [] as string[],
    errors: [] as unknown[],
    underWay: new Set<string>(),
    nextError: undefined as Error | undefined,
    doNothing: false,
    /** Calls do not end until they are let go. */
    hold() {
      const { promise, resolve } = Promise.withResolvers<void>();
      gate = { open: promise, letGo: resolve };
    },
    letGo() {
      gate?.letGo();
      gate = undefined;
    },
    onError: (error: unknown) => void hand.errors.push(error),
    async handle(id: string) {
      assert.equal(hand.underWay.has(id), false, `${id} is handled twice at once`);
      hand.calls.push(id);
      hand.underWay.add(id);
      try {
        const error = hand.nextError;
        hand.nextError = undefined;
        if (error) throw error;
        if (!hand.doNothing) await world.put(id, undefined);
        await gate?.open;
      } finally {
        hand.underWay.delete(id);
      }
    },
  };
  return hand;
}
