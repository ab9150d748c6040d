import assert from "node:assert/strict";
import { emptyFootprint } from "../lifecycle/instance.ts";
import { aNewInstance } from "./a-new-instance-contract.ts";
import type { ListInstances, Store } from "./store.ts";
import type { StoreTest } from "./store-test-contract.ts";
import { deleted, set } from "./store-test-contract.ts";

export function readContract(test: StoreTest): void {
  const [a, b, c] = ["mf-00000000000a", "mf-00000000000b", "mf-00000000000c"] as const;
  const withMachine = (machine: string) => ({ ...emptyFootprint("fr-par-1"), machine });

  test("what does not exist is undefined", async (store) => {
    assert.equal(await store.get(a), undefined);
    assert.equal(await store.find("nothing"), undefined);
  });

  test("a reference is an id before a cloud id before a name", async (store) => {
    await store.insert(aNewInstance({ id: a, name: "web" }));
    await store.insert(aNewInstance({ id: b, name: a, footprint: withMachine("web") }));
    await store.insert(aNewInstance({ id: c, name: "m-1", footprint: withMachine(a) }));
    assert.equal((await store.find(a))?.id, a);
    assert.equal((await store.find("web"))?.id, b);
    assert.equal((await store.find("m-1"))?.id, c);
  });

  test("a live row is found before a deleted one, a younger before an older", async (store) => {
    const fields = { name: "lab", footprint: withMachine("m-1") };
    await store.insert(aNewInstance({ ...fields, id: a, createdAt: 30 }));
    await store.update(a, {}, deleted);
    await store.insert(aNewInstance({ ...fields, id: b, createdAt: 20 }));
    await store.update(b, {}, deleted);
    for (const reference of ["lab", "m-1"]) assert.equal((await store.find(reference))?.id, a);
    await store.insert(aNewInstance({ ...fields, id: c, createdAt: 10 }));
    for (const reference of ["lab", "m-1"]) assert.equal((await store.find(reference))?.id, c);
    assert.equal((await store.find(a))?.phase, "deleted");
  });

  test("a machine is found by its cloud id from the write that brought it to the one that took it", async (store) => {
    await store.insert(aNewInstance({ id: a }));
    const brought = {
      ...withMachine("m-9"),
      volumes: [{ id: "v-1", kind: "sbs" }],
      addresses: ["a-1"],
      nics: ["n-1"],
    };
    const row = await store.update(a, {}, set({ footprint: brought }));
    assert.deepEqual(row.footprint, brought);
    assert.deepEqual(await store.find("m-9"), row);
    await store.update(a, {}, set({ footprint: { ...brought, machine: undefined } }));
    assert.equal(await store.find("m-9"), undefined);
    assert.deepEqual((await store.get(a))?.footprint.volumes, brought.volumes);
  });

  test("a list is youngest first, page by page, each row once, also when rows come and go meanwhile", async (store) => {
    const ids = Array.from({ length: 7 }, (_, n) => `mf-00000000000${n}`);
    // Three are created at one moment: their ids decide.
    const at = [10, 20, 30, 30, 30, 40, 50];
    for (const [n, id] of ids.entries()) await store.insert(aNewInstance({ id, createdAt: at[n]! }));
    const page = await store.list({ limit: 3 });
    assert.deepEqual(
      page.instances.map((row) => row.id),
      [ids[6], ids[5], ids[4]],
    );
    await store.update(ids[4]!, {}, deleted);
    await store.insert(aNewInstance({ id: "mf-00000000000z", createdAt: 60 }));
    assert.deepEqual(await everyId(store, { limit: 3, cursor: page.cursor! }), [
      ids[3],
      ids[2],
      ids[1],
      ids[0],
    ]);
  });

  test("the last page has no cursor, however full it is", async (store) => {
    for (const id of [a, b]) await store.insert(aNewInstance({ id }));
    assert.equal((await store.list({ limit: 2 })).cursor, undefined);
    assert.equal(typeof (await store.list({ limit: 1 })).cursor, "string");
    assert.deepEqual(await store.list({ limit: 5, cursor: "mf-none" }), { instances: [] });
  });

  test("a list leaves deleted rows out unless it is asked for all", async (store) => {
    for (const [createdAt, id] of [a, b, c].entries()) await store.insert(aNewInstance({ id, createdAt }));
    await store.update(b, {}, deleted);
    assert.deepEqual(await everyId(store, { limit: 1 }), [c, a]);
    assert.deepEqual(await everyId(store, { limit: 1, all: true }), [c, b, a]);
  });

  test("the watched are those of the account that are to be watched now", async (store) => {
    await store.insert(aNewInstance({ id: a, watched: true }));
    await store.insert(aNewInstance({ id: b, watched: true, account: "other" }));
    await store.insert(aNewInstance({ id: c }));
    assert.deepEqual(
      (await store.watched("main")).map((row) => row.id),
      [a],
    );
    await store.update(a, {}, (row) => ({ row: { ...row, watched: false } }));
    await store.update(c, {}, (row) => ({ row: { ...row, watched: true } }));
    assert.deepEqual(
      (await store.watched("main")).map((row) => row.id),
      [c],
    );
  });
}

async function everyId(store: Store, query: ListInstances): Promise<string[]> {
  const { instances, cursor } = await store.list(query);
  const ids = instances.map((row) => row.id);
  return cursor === undefined ? ids : [...ids, ...(await everyId(store, { ...query, cursor }))];
}
