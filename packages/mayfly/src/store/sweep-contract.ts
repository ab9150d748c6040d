import assert from "node:assert/strict";
import { emptyFootprint } from "../lifecycle/instance.ts";
import { aNewInstance } from "./a-new-instance-contract.ts";
import type { StoreTest } from "./store-test-contract.ts";
import { deleted, set } from "./store-test-contract.ts";

export function sweepContract(test: StoreTest): void {
  const [a, b] = ["mf-00000000000a", "mf-00000000000b"] as const;

  test("the zones used are all where an instance was ever asked for or made", async (store) => {
    await store.insert(aNewInstance({ id: a }));
    await store.insert(aNewInstance({ id: b, account: "other", footprint: emptyFootprint("nl-ams-1") }));
    await store.update(a, {}, set({ footprint: emptyFootprint("fr-par-2") }));
    await store.update(a, {}, deleted);
    assert.deepEqual((await store.zonesUsed("main")).sort(), ["fr-par-1", "fr-par-2"]);
    assert.deepEqual((await store.zonesUsed("other")).sort(), ["fr-par-1", "nl-ams-1"]);
    assert.deepEqual(await store.zonesUsed("none"), []);
  });

  test("suspects are replaced whole, account by account", async (store) => {
    const seen = { key: "machine/m-1", firstSeenAt: 5 };
    await store.setSuspects("main", [seen, { key: "volume/v-1", firstSeenAt: 6 }]);
    await store.setSuspects("other", [seen]);
    const later = [
      { key: "machine/m-1", firstSeenAt: 5 },
      { key: "address/a-1", firstSeenAt: 9 },
    ];
    await store.setSuspects("main", later);
    const byKey = (x: { key: string }, y: { key: string }) => (x.key < y.key ? 1 : -1);
    assert.deepEqual((await store.suspects("main")).sort(byKey), later);
    assert.deepEqual(await store.suspects("other"), [seen]);
    await store.setSuspects("main", []);
    assert.deepEqual(await store.suspects("main"), []);
  });
}
