import assert from "node:assert/strict";
import { aNewInstance } from "./a-new-instance-contract.ts";
import type { StoreTest } from "./store-test-contract.ts";
import { deleted, eventCount, set } from "./store-test-contract.ts";

export function deliveryContract(test: StoreTest): void {
  const first = aNewInstance({ id: "mf-000000000001" });
  const second = aNewInstance({ id: "mf-000000000002" });

  test("a delivery is known from its row's insert until it is acknowledged", async (store) => {
    assert.deepEqual(await store.unacknowledged(), []);
    await store.insert(first, { deliveryKey: "queue/abc" });
    assert.deepEqual(await store.unacknowledged(), ["queue/abc"]);
    await store.acknowledge("queue/abc");
    await store.acknowledge("queue/abc");
    assert.deepEqual(await store.unacknowledged(), []);
    assert.equal((await store.get(first.id))?.version, 1);
  });

  test("a delivery that comes again before it is acknowledged returns its row, also a deleted one", async (store) => {
    await store.insert(first, { deliveryKey: "k" });
    await store.update(first.id, {}, deleted);
    const again = await store.insert(second, { deliveryKey: "k" });
    assert.deepEqual([again.created, again.instance.id], [false, first.id]);
    assert.equal(await eventCount(store), 1);
  });

  test("the same delivery after that is another order", async (store) => {
    await store.insert(first, { deliveryKey: "k" });
    await store.acknowledge("k");
    const other = await store.insert(second, { deliveryKey: "k" });
    assert.deepEqual([other.created, other.instance.id], [true, second.id]);
    assert.deepEqual(await store.unacknowledged(), ["k"]);
  });

  test("a delivery whose name is taken leaves nothing behind", async (store) => {
    await store.insert(first);
    const same = { ...second, name: first.name };
    await assert.rejects(store.insert(same, { deliveryKey: "k" }), { code: "name_taken" });
    assert.deepEqual(await store.unacknowledged(), []);
  });

  test("what waits to be made or is being made is counted by account", async (store) => {
    await store.insert(first);
    await store.insert(second);
    await store.insert(aNewInstance({ id: "mf-000000000003", account: "other" }));
    assert.equal(await store.provisioning("main"), 2);
    await store.update(first.id, {}, set({ phase: "provisioning" }));
    assert.equal(await store.provisioning("main"), 2);
    await store.update(first.id, {}, set({ phase: "running" }));
    assert.equal(await store.provisioning("main"), 1);
    assert.equal(await store.provisioning("other"), 1);
    assert.equal(await store.provisioning("nobody"), 0);
  });

  test("the last event has the highest number", async (store) => {
    assert.equal(await store.lastEvent(), 0);
    await store.insert(first);
    await store.insert(second);
    assert.equal(await store.lastEvent(), (await store.events({ after: 0, limit: 9 })).at(-1)?.seq);
  });
}
