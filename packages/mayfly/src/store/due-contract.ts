import assert from "node:assert/strict";
import { aNewInstance } from "./a-new-instance-contract.ts";
import type { StoreTest } from "./store-test-contract.ts";
import { set } from "./store-test-contract.ts";

export function dueContract(test: StoreTest): void {
  const [a, b, c] = ["mf-00000000000a", "mf-00000000000b", "mf-00000000000c"] as const;

  test("what is due comes earliest first, from its very moment on, at most as many as asked for", async (store) => {
    await store.insert(aNewInstance({ id: a, nextActionAt: 300 }));
    await store.insert(aNewInstance({ id: b, nextActionAt: 100 }));
    await store.insert(aNewInstance({ id: c, nextActionAt: 200 }));
    assert.deepEqual(await store.due(99, 10), []);
    assert.deepEqual(await store.due(200, 10), [b, c]);
    assert.deepEqual(await store.due(1_000, 10), [b, c, a]);
    assert.deepEqual(await store.due(1_000, 2), [b, c]);
  });

  test("the next due moment is the earliest, past or to come, or undefined", async (store) => {
    assert.equal(await store.nextDueAt(0), undefined);
    await store.insert(aNewInstance({ id: a, nextActionAt: 300 }));
    await store.insert(aNewInstance({ id: b, nextActionAt: 100 }));
    await store.insert(aNewInstance({ id: c, nextActionAt: undefined }));
    for (const now of [0, 100, 200]) assert.equal(await store.nextDueAt(now), 100);
    await store.update(b, {}, set({ nextActionAt: 400 }));
    assert.equal(await store.nextDueAt(0), 300);
    for (const id of [a, b]) await store.update(id, {}, set({ nextActionAt: undefined }));
    assert.equal(await store.nextDueAt(0), undefined);
    assert.deepEqual(await store.due(9_999, 10), []);
  });

  test("a held row is not due before its lease ends", async (store) => {
    await store.insert(aNewInstance({ id: a, nextActionAt: 100 }));
    await store.insert(aNewInstance({ id: b, nextActionAt: 300 }));
    await store.claim(a, { token: "w1", now: 150, until: 5_150 });
    assert.deepEqual(await store.due(5_149, 10), [b]);
    assert.deepEqual(await store.due(5_150, 10), [a, b]);
  });

  test("the next due moment accounts for leases: one in the way counts by its end", async (store) => {
    await store.insert(aNewInstance({ id: a, nextActionAt: 100 }));
    await store.claim(a, { token: "w1", now: 150, until: 5_150 });
    assert.equal(await store.nextDueAt(200), 5_150);
    await store.renew("w1", 200, 8_000);
    assert.equal(await store.nextDueAt(200), 8_000);
    assert.equal(await store.nextDueAt(8_000), 100);
    await store.insert(aNewInstance({ id: b, nextActionAt: 300 }));
    assert.equal(await store.nextDueAt(200), 300);
  });

  test("a lease that ends before the row's time does not count", async (store) => {
    await store.insert(aNewInstance({ id: a, nextActionAt: 9_000 }));
    await store.claim(a, { token: "w1", now: 150, until: 5_150 });
    assert.equal(await store.nextDueAt(200), 9_000);
    await store.update(a, { token: "w1" }, set({ nextActionAt: undefined }));
    assert.equal(await store.nextDueAt(200), undefined);
  });

  test("a row that was given back is due at its time", async (store) => {
    await store.insert(aNewInstance({ id: a, nextActionAt: 100 }));
    await store.claim(a, { token: "w1", now: 150, until: 5_150 });
    await store.update(a, { token: "w1" }, (row) => ({ row: { ...row, nextActionAt: 200 }, release: true }));
    assert.equal(await store.nextDueAt(160), 200);
    assert.deepEqual(await store.due(200, 10), [a]);
  });
}
