import assert from "node:assert/strict";
import { aNewInstance } from "./a-new-instance-contract.ts";
import type { StoreTest } from "./store-test-contract.ts";
import { eventCount, set } from "./store-test-contract.ts";

export function updateContract(test: StoreTest): void {
  const { id } = aNewInstance();

  test("an update writes what the change returns, one version higher, and returns it", async (store) => {
    await store.insert(
      aNewInstance({ reason: "old", lastError: { code: "conflict", message: "busy", at: 1 } }),
    );
    const fields = {
      phase: "running",
      readyAt: 5,
      ips: ["192.0.2.1"],
      lastError: undefined,
      reason: undefined,
    } as const;
    const row = await store.update(id, {}, set({ ...fields, ips: [...fields.ips], version: 99 }));
    assert.deepEqual(await store.get(id), row);
    assert.deepEqual([row.phase, row.readyAt, row.ips, row.version], ["running", 5, ["192.0.2.1"], 2]);
    assert.deepEqual(["reason" in row, "lastError" in row], [false, false]);
  });

  test("a change that returns nothing writes nothing, and the row comes back as it is", async (store) => {
    const { instance } = await store.insert(aNewInstance());
    assert.deepEqual(await store.update(id, {}, () => undefined), instance);
    assert.equal((await store.get(id))?.version, 1);
    assert.equal(await eventCount(store), 1);
  });

  test("a change that throws writes nothing and no event, and its throw passes through", async (store) => {
    const { instance } = await store.insert(aNewInstance());
    const thrown = new RangeError("this deadline cannot move");
    const attempt = store.update(id, {}, () => {
      throw thrown;
    });
    await assert.rejects(attempt, (error) => error === thrown);
    assert.deepEqual(await store.get(id), instance);
    assert.equal(await eventCount(store), 1);
    await store.update(id, {}, set({ reason: "the store still works" }));
  });

  test("an update is refused when the version has moved", async (store) => {
    await store.insert(aNewInstance());
    await store.update(id, { version: 1 }, set({ expiresAt: 7 }));
    await assert.rejects(store.update(id, { version: 1 }, set({ expiresAt: 8 })), { code: "version_moved" });
    assert.equal((await store.get(id))?.expiresAt, 7);
  });

  test("a change is not asked when its guard fails", async (store) => {
    await store.insert(aNewInstance());
    const unasked = () => assert.fail("asked");
    await assert.rejects(store.update(id, { version: 2 }, unasked), { code: "version_moved" });
    await assert.rejects(store.update(id, { token: "w1" }, unasked), { code: "lease_lost" });
  });

  test("an update of what does not exist is refused", async (store) => {
    await assert.rejects(store.update("mf-none", {}, set({})), { code: "no_such_instance" });
  });

  test("of many updates at once none is lost", async (store) => {
    await store.insert(aNewInstance());
    const once = () => store.update(id, {}, (row) => ({ row: { ...row, failures: row.failures + 1 } }));
    await Promise.all(Array.from({ length: 20 }, once));
    const row = await store.get(id);
    assert.deepEqual([row?.failures, row?.version], [20, 21]);
  });

  test("an update does not change an id", async (store) => {
    await store.insert(aNewInstance());
    assert.equal((await store.update(id, {}, set({ id: "mf-other" }))).id, id);
    assert.equal(await store.get("mf-other"), undefined);
  });

  test("erased user data is erased", async (store) => {
    await store.insert(aNewInstance());
    const row = await store.update(id, {}, (row) => ({
      row: { ...row, spec: { ...row.spec, userData: undefined } },
    }));
    assert.equal("userData" in row.spec, false);
    assert.deepEqual(await store.get(id), row);
  });
}
