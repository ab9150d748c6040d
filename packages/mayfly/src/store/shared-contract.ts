import assert from "node:assert/strict";
import type { SharedThing } from "../lifecycle/instance.ts";
import { aNewInstance } from "./a-new-instance-contract.ts";
import type { Store } from "./store.ts";
import type { StoreTest } from "./store-test-contract.ts";
import { deleted } from "./store-test-contract.ts";

const lab: SharedThing = { kind: "network", place: "fr-par", name: "lab" };
const [a, b] = ["mf-00000000000a", "mf-00000000000b"] as const;
const used = (store: Store, id: string) =>
  store.insert(aNewInstance({ id, name: `n${id.at(-1)}`, uses: [lab] }));
const until = { token: "w1", now: 1_000, until: 6_000 };

export function sharedContract(test: StoreTest): void {
  test("what instances share is counted from their first row to their last", async (store) => {
    assert.deepEqual(await store.shared("main"), []);
    await used(store, a);
    await used(store, b);
    assert.deepEqual(await store.shared("main"), [{ ...lab, uses: 2 }]);
    assert.deepEqual(await store.shared("other"), []);
    await store.update(a, {}, (row) => ({ row: { ...row, desired: "gone", phase: "deleting" } }));
    assert.deepEqual(await store.shared("main"), [{ ...lab, uses: 2 }], "its machine may be in it still");
    await store.update(a, {}, deleted);
    assert.deepEqual(await store.shared("main"), [{ ...lab, uses: 1 }]);
    await store.update(b, {}, deleted);
    assert.deepEqual(await store.shared("main"), [{ ...lab, uses: 0 }]);
  });

  test("what an instance wants is not taken", async (store) => {
    assert.equal(await store.takeShared("main", lab, until), false, "nobody knows it");
    await used(store, a);
    assert.equal(await store.takeShared("main", lab, until), false);
    assert.equal(await store.sharedIsTaken("main", lab, 2_000), false);
  });

  test("what nobody wants is taken once, until the taker's time is over", async (store) => {
    await used(store, a);
    await store.update(a, {}, deleted);
    assert.equal(await store.takeShared("main", lab, until), true);
    assert.equal(await store.sharedIsTaken("main", lab, 2_000), true);
    assert.equal(await store.takeShared("main", lab, { token: "w2", now: 2_000, until: 7_000 }), false);
    assert.equal(await store.sharedIsTaken("main", lab, 6_000), false);
    assert.equal(await store.takeShared("main", lab, { token: "w2", now: 6_000, until: 9_000 }), true);
    await store.dropShared("main", lab, { token: "w1", removed: true });
    assert.equal(await store.sharedIsTaken("main", lab, 7_000), true, "w1 came too late");
    await store.dropShared("main", lab, { token: "w2", removed: true });
    assert.deepEqual(await store.shared("main"), []);
  });

  test("what could not be removed is given back, and still known", async (store) => {
    await used(store, a);
    await store.update(a, {}, deleted);
    await store.takeShared("main", lab, until);
    await store.dropShared("main", lab, { token: "w1", removed: false });
    assert.equal(await store.sharedIsTaken("main", lab, 2_000), false);
    assert.deepEqual(await store.shared("main"), [{ ...lab, uses: 0 }]);
  });

  test("what is wanted again while it is taken is free again once it is removed", async (store) => {
    await used(store, a);
    await store.update(a, {}, deleted);
    await store.takeShared("main", lab, until);
    await used(store, b);
    assert.equal(await store.sharedIsTaken("main", lab, 2_000), true);
    await store.dropShared("main", lab, { token: "w1", removed: true });
    assert.equal(await store.sharedIsTaken("main", lab, 2_000), false);
    assert.deepEqual(await store.shared("main"), [{ ...lab, uses: 1 }]);
  });
}
