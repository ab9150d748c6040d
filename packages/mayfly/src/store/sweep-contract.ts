import assert from "node:assert/strict";
import { emptyFootprint } from "../lifecycle/instance.ts";
import { aNewInstance } from "./a-new-instance-contract.ts";
import type { StoreTest } from "./store-test-contract.ts";
import { deleted, set } from "./store-test-contract.ts";

export function sweepContract(test: StoreTest): void {
  const [a, b] = ["mf-00000000000a", "mf-00000000000b"] as const;
  const footprint = {
    version: 1 as const,
    zone: "fr-par-1",
    machine: "m-1",
    volumes: [{ id: "v-1", kind: "sbs" }],
    addresses: ["a-1"],
    nics: ["n-1"],
  };

  test("an instance claims every part of its footprint, once, in its own account", async (store) => {
    await store.insert(aNewInstance({ id: a, footprint }));
    for (const cloudId of ["m-1", "v-1", "a-1", "n-1"])
      assert.deepEqual(
        (await store.claimants("main", ["x", cloudId])).map((row) => row.id),
        [a],
      );
    assert.equal((await store.claimants("main", ["m-1", "v-1", "m-1"])).length, 1);
    assert.deepEqual(await store.claimants("main", ["x"]), []);
    assert.deepEqual(await store.claimants("main", []), []);
    assert.deepEqual(await store.claimants("other", ["m-1"]), []);
  });

  test("claims follow the footprint", async (store) => {
    await store.insert(aNewInstance({ id: a }));
    await store.update(a, {}, set({ footprint }));
    const smaller = { ...footprint, machine: undefined, volumes: [{ id: "v-2", kind: "sbs" }] };
    const row = await store.update(a, {}, set({ footprint: smaller }));
    for (const cloudId of ["m-1", "v-1"]) assert.deepEqual(await store.claimants("main", [cloudId]), []);
    for (const cloudId of ["v-2", "a-1"]) assert.deepEqual(await store.claimants("main", [cloudId]), [row]);
  });

  test("a deleted instance claims nothing", async (store) => {
    await store.insert(aNewInstance({ id: a, footprint }));
    await store.insert(aNewInstance({ id: b, footprint }));
    assert.equal((await store.claimants("main", ["v-1"])).length, 2);
    await store.update(a, {}, deleted);
    assert.deepEqual(
      (await store.claimants("main", ["v-1"])).map((row) => row.id),
      [b],
    );
    assert.equal((await store.get(a))?.footprint.machine, "m-1");
  });

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
