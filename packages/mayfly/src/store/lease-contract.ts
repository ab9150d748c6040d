import assert from "node:assert/strict";
import { aNewInstance } from "./a-new-instance-contract.ts";
import type { StoreTest } from "./store-test-contract.ts";
import { deleted, eventCount, set } from "./store-test-contract.ts";

export function leaseContract(test: StoreTest): void {
  const { id } = aNewInstance();
  const other = "mf-000000000002";

  test("a lease from a clock that was an hour ahead holds nothing", async (store) => {
    const { id } = (await store.insert(aNewInstance({ nextActionAt: 5 }))).instance;
    await store.claim(id, { token: "wrong", now: 3_600_000, until: 3_605_000 });
    assert.deepEqual(await store.due(10, 10), [id]);
    assert.equal(await store.nextDueAt(10), 5);
    assert.equal((await store.claim(id, { token: "right", now: 10, until: 5_010 }))?.lease?.token, "right");
  });

  test("a claim takes the lease and raises the version", async (store) => {
    await store.insert(aNewInstance());
    const row = await store.claim(id, { token: "w1", now: 100, until: 5_100 });
    assert.deepEqual(row?.lease, { token: "w1", until: 5_100 });
    assert.equal(row?.version, 2);
    assert.deepEqual(await store.get(id), row);
    assert.equal(await eventCount(store), 1);
  });

  test("a held row is not claimed until its lease has ended, not even by its holder", async (store) => {
    await store.insert(aNewInstance());
    await store.claim(id, { token: "w1", now: 100, until: 5_100 });
    for (const token of ["w1", "w2"])
      assert.equal(await store.claim(id, { token, now: 5_099, until: 9_999 }), undefined);
    const row = await store.claim(id, { token: "w2", now: 5_100, until: 10_100 });
    assert.deepEqual([row?.lease?.token, row?.version], ["w2", 3]);
  });

  test("what is absent or deleted is not claimed", async (store) => {
    assert.equal(await store.claim("mf-none", { token: "w1", now: 1, until: 2 }), undefined);
    await store.insert(aNewInstance());
    await store.update(id, {}, deleted);
    assert.equal(await store.claim(id, { token: "w1", now: 1, until: 2 }), undefined);
  });

  test("a late write is refused once another has claimed the row", async (store) => {
    await store.insert(aNewInstance());
    await store.claim(id, { token: "w1", now: 100, until: 5_100 });
    await store.claim(id, { token: "w2", now: 6_000, until: 11_000 });
    await assert.rejects(store.update(id, { token: "w1" }, set({ reason: "late" })), { code: "lease_lost" });
    const row = (await store.get(id))!;
    assert.deepEqual([row.version, row.reason, row.lease?.token], [3, undefined, "w2"]);
    await store.update(id, { token: "w2" }, set({ reason: "mine" }));
  });

  test("a write with a token is refused when nobody holds the row", async (store) => {
    await store.insert(aNewInstance());
    await assert.rejects(store.update(id, { token: "w1" }, set({})), { code: "lease_lost" });
  });

  test("a late write that nobody has overtaken is accepted", async (store) => {
    await store.insert(aNewInstance());
    await store.claim(id, { token: "w1", now: 100, until: 200 });
    const row = await store.update(id, { token: "w1" }, set({ reason: "slow" }));
    assert.equal(row.reason, "slow");
  });

  test("a write keeps the lease unless it gives it back", async (store) => {
    await store.insert(aNewInstance());
    await store.claim(id, { token: "w1", now: 100, until: 5_100 });
    const kept = await store.update(id, { token: "w1" }, set({ lease: undefined }));
    assert.deepEqual(kept.lease, { token: "w1", until: 5_100 });
    const released = await store.update(id, { token: "w1" }, (row) => ({ row, release: true }));
    assert.equal("lease" in released, false);
    assert.notEqual(await store.claim(id, { token: "w2", now: 101, until: 5_101 }), undefined);
  });

  test("nobody gives back the lease of another", async (store) => {
    await store.insert(aNewInstance());
    await store.claim(id, { token: "w1", now: 100, until: 5_100 });
    const row = await store.update(id, {}, (row) => ({ row, release: true }));
    assert.equal(row.lease?.token, "w1");
  });

  test("renew prolongs every lease of its token and no other's", async (store) => {
    const third = "mf-000000000003";
    for (const each of [id, other, third]) await store.insert(aNewInstance({ id: each }));
    for (const each of [id, other]) await store.claim(each, { token: "w1", now: 100, until: 5_100 });
    await store.claim(third, { token: "w2", now: 100, until: 5_100 });
    await store.renew("w1", 2_000, 7_000);
    const untils = [];
    for (const each of [id, other, third]) untils.push((await store.get(each))?.lease?.until);
    assert.deepEqual(untils, [7_000, 7_000, 5_100]);
    assert.equal((await store.get(id))?.version, 2);
  });

  test("renew does not revive a lease that has ended", async (store) => {
    await store.insert(aNewInstance());
    await store.claim(id, { token: "w1", now: 100, until: 5_100 });
    await store.renew("w1", 5_100, 10_100);
    assert.equal((await store.get(id))?.lease?.until, 5_100);
    assert.notEqual(await store.claim(id, { token: "w2", now: 5_100, until: 10_100 }), undefined);
  });

  test("renew brings a lease from a clock that was ahead back to the right time", async (store) => {
    await store.insert(aNewInstance());
    await store.claim(id, { token: "w1", now: 3_600_000, until: 3_605_000 });
    await store.renew("w1", 100, 5_100);
    assert.equal((await store.get(id))?.lease?.until, 5_100);
  });
}
