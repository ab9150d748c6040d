import assert from "node:assert/strict";
import type { Sighting } from "../lifecycle/observed.ts";
import { aNewInstance } from "./a-new-instance-contract.ts";
import type { StoreTest } from "./store-test-contract.ts";
import { deleted, set } from "./store-test-contract.ts";

const [a, b] = ["mf-00000000000a", "mf-00000000000b"] as const;
const duty = { name: "watch/main", token: "w1" };

const sighting = (instanceId: string, startedAt: number): Sighting => ({
  instanceId,
  actedAt: 7,
  looks: { volume: { inventory: { startedAt, machines: [], parts: [] }, asked: ["v1"] } },
});

export function sightingContract(test: StoreTest): void {
  test("what was seen last of an instance is kept, for each its own", async (store) => {
    await store.insert(aNewInstance({ id: a }));
    await store.insert(aNewInstance({ id: b }));
    await store.takeDuty(duty.name, { token: "w1", now: 1_000, until: 6_000 });
    assert.equal(await store.observed(a), undefined);
    assert.equal(await store.observe(duty, [sighting(a, 1), sighting(b, 1)]), true);
    assert.equal(await store.observe(duty, [sighting(a, 2)]), true);
    assert.deepEqual(await store.observed(a), sighting(a, 2));
    assert.deepEqual(await store.observed(b), sighting(b, 1));
    assert.equal((await store.get(a))?.version, 1, "the row is not written");
  });

  test("whoever lost the duty keeps nothing any more, and spoils nothing", async (store) => {
    await store.insert(aNewInstance({ id: a }));
    await store.takeDuty(duty.name, { token: "w1", now: 1_000, until: 6_000 });
    await store.observe(duty, [sighting(a, 1)]);
    await store.takeDuty(duty.name, { token: "w2", now: 6_000, until: 11_000 });
    await store.observe({ ...duty, token: "w2" }, [sighting(a, 2)]);
    assert.equal(await store.observe(duty, [sighting(a, 1)]), false);
    assert.deepEqual(await store.observed(a), sighting(a, 2));
  });

  test("of an instance that is gone nothing is kept", async (store) => {
    await store.insert(aNewInstance({ id: a }));
    await store.observe(duty, [sighting(a, 1)]);
    await store.update(a, {}, deleted);
    assert.equal(await store.observed(a), undefined);
    assert.equal(await store.observe(duty, [sighting(a, 2), sighting("mf-000000000009", 2)]), true);
    assert.equal(await store.observed(a), undefined);
    assert.equal(await store.observed("mf-000000000009"), undefined);
  });

  test("who waits for rows to be watched hears of those of his account", async (store) => {
    await store.insert(aNewInstance({ id: a }));
    await store.insert(aNewInstance({ id: b, account: "other" }));
    const over = new AbortController();
    const heard: string[] = [];
    const waits = ["main", "other"].map((account) =>
      store.watchedChanged(account, over.signal).then(() => heard.push(account)),
    );
    await store.update(a, {}, set({ reason: "not watched" }));
    await store.claim(a, { token: "w1", now: 1_000, until: 6_000 });
    await store.update(a, { token: "w1" }, (row) => ({ row: { ...row, watched: true }, release: true }));
    await waits[0];
    assert.deepEqual(heard, ["main"]);
    over.abort();
    await Promise.all(waits);
  });
}
