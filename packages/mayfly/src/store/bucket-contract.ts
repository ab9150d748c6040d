import assert from "node:assert/strict";
import type { Store } from "./store.ts";
import type { StoreTest } from "./store-test-contract.ts";

/** Ten calls a second, two of them saved up. */
const take = (store: Store, now: number, calls = 1) =>
  store.takeCalls("main", { now, costMs: calls * 100, burstMs: 200 });

export function bucketContract(test: StoreTest): void {
  test("what was saved up goes out at once, and the rest in its turn", async (store) => {
    assert.deepEqual([await take(store, 1_000), await take(store, 1_000)], [900, 1_000]);
    assert.deepEqual([await take(store, 1_000), await take(store, 1_000, 3)], [1_100, 1_400]);
    assert.equal(await take(store, 1_450), 1_500);
  });

  test("a bucket is never more than full", async (store) => {
    await take(store, 1_000);
    assert.equal(await take(store, 60_000), 59_900);
  });

  test("of many who take at the same time each has turns of its own", async (store) => {
    const taken = await Promise.all(Array.from({ length: 20 }, () => take(store, 1_000)));
    assert.deepEqual(
      taken.sort((a, b) => a - b),
      Array.from({ length: 20 }, (_, index) => 900 + index * 100),
    );
  });

  test("each account has its own, and rates may differ", async (store) => {
    for (let calls = 0; calls < 5; calls++) await take(store, 1_000);
    const other = { now: 1_000, costMs: 1_000 / 3, burstMs: 1_000 };
    assert.ok(Math.abs((await store.takeCalls("second", other)) - 333.333) < 0.01);
    assert.ok(Math.abs((await store.takeCalls("second", other)) - 666.667) < 0.01);
  });

  test("a hold empties it for its time, and never shortens another's", async (store) => {
    await store.holdCalls("main", { now: 1_000, until: 4_000 });
    await store.holdCalls("main", { now: 1_000, until: 3_000 });
    assert.equal(await take(store, 1_000), 4_100);
    await store.holdCalls("main", { now: 1_000, until: 4_050 });
    assert.equal(await take(store, 4_500), 4_400);
  });

  test("one that is empty for more than ten minutes was emptied by a wrong clock, and is full", async (store) => {
    await take(store, 3_600_000);
    assert.equal(await take(store, 1_000), 900);
    await take(store, 3_600_000);
    await store.holdCalls("main", { now: 1_000, until: 2_000 });
    assert.equal(await take(store, 1_000), 2_100);
  });
}
