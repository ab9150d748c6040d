import assert from "node:assert/strict";
import { aNewInstance } from "./a-new-instance-contract.ts";
import type { StoreTest } from "./store-test-contract.ts";

const lease = (token: string, now: number, until = now + 5_000) => ({ token, now, until });

export function dutyContract(test: StoreTest): void {
  test("a duty has one holder, until the very moment at which its lease ends", async (store) => {
    assert.equal(await store.takeDuty("watch/main", lease("w1", 1_000)), true);
    assert.equal(await store.takeDuty("watch/main", lease("w2", 5_999)), false);
    assert.equal(await store.takeDuty("watch/main", lease("w2", 6_000)), true);
    assert.equal(await store.takeDuty("watch/main", lease("w1", 6_001)), false);
  });

  test("its holder prolongs it, also after its end when nobody else came", async (store) => {
    await store.takeDuty("watch/main", lease("w1", 1_000));
    assert.equal(await store.takeDuty("watch/main", lease("w1", 3_000)), true);
    assert.equal(await store.takeDuty("watch/main", lease("w2", 7_999)), false);
    assert.equal(await store.takeDuty("watch/main", lease("w1", 60_000)), true);
    assert.deepEqual(await store.duties(64_999), [{ name: "watch/main", token: "w1", until: 65_000 }]);
  });

  test("who leaves a duty frees it at once, and nobody else's", async (store) => {
    await store.takeDuty("watch/main", lease("w1", 1_000));
    await store.leaveDuty("watch/main", "w2");
    assert.equal(await store.takeDuty("watch/main", lease("w2", 1_001)), false);
    await store.leaveDuty("watch/main", "w1");
    assert.equal(await store.takeDuty("watch/main", lease("w2", 1_001)), true);
    await store.leaveDuty("nobody knows it", "w1");
  });

  test("a duty that ends more than a minute ahead was taken by a wrong clock, and is free", async (store) => {
    await store.takeDuty("swim", lease("w1", 3_600_000));
    assert.deepEqual(await store.duties(1_000), []);
    assert.equal(await store.takeDuty("swim", lease("w2", 1_000)), true);
    assert.equal(await store.takeDuty("swim", lease("w1", 1_001)), false);
  });

  test("each duty has its own holder; those that nobody has are not listed", async (store) => {
    await store.takeDuty("watch/b", lease("w2", 1_000));
    await store.takeDuty("watch/a", lease("w1", 1_000));
    await store.takeDuty("swim", lease("w1", 1_000, 1_500));
    assert.deepEqual(await store.duties(1_500), [
      { name: "watch/a", token: "w1", until: 6_000 },
      { name: "watch/b", token: "w2", until: 6_000 },
    ]);
  });

  test("of many who take a duty at the same time one has it", async (store) => {
    const tokens = Array.from({ length: 20 }, (_, index) => `w${index}`);
    const taken = await Promise.all(tokens.map((token) => store.takeDuty("swim", lease(token, 1_000))));
    assert.equal(taken.filter(Boolean).length, 1);
  });

  test("what is inserted or acknowledged by a duty that is another's now is refused", async (store) => {
    const [duty, row] = [{ name: "swim", token: "w1" }, aNewInstance()];
    await store.takeDuty("swim", lease("w1", 1_000));
    assert.equal((await store.insert(row, { deliveryKey: "k", duty })).created, true);
    await store.takeDuty("swim", lease("w2", 6_000));
    const second = aNewInstance({ id: "mf-000000000002" });
    await assert.rejects(store.insert(second, { deliveryKey: "l", duty }), { code: "lease_lost" });
    await assert.rejects(store.insert(row, { deliveryKey: "k", duty }), { code: "lease_lost" });
    await store.acknowledge("k", duty);
    assert.deepEqual(await store.unacknowledged(), ["k"]);
    await store.acknowledge("k", { ...duty, token: "w2" });
    assert.deepEqual(await store.unacknowledged(), []);
    assert.equal(await store.get(second.id), undefined);
  });

  test("the store's clock goes on, in milliseconds", async (store) => {
    const before = await store.now();
    assert.equal(Number.isInteger(before), true);
    assert.ok(before > Date.UTC(2020, 0, 1));
    assert.ok((await store.now()) >= before);
  });
}
