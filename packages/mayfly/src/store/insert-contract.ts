import assert from "node:assert/strict";
import { aNewInstance } from "./a-new-instance-contract.ts";
import type { StoreTest } from "./store-test-contract.ts";
import { deleted, eventCount, set } from "./store-test-contract.ts";

export function insertContract(test: StoreTest): void {
  const first = aNewInstance({ id: "mf-000000000001", name: "first" });
  const second = aNewInstance({ id: "mf-000000000002", name: "second" });

  test("a new row comes back as it was written, in version 1, held by nobody", async (store) => {
    const full = aNewInstance({
      reason: "waits for its turn",
      retainUntil: 7,
      launch: { attempts: 1, attemptedAt: 5, endedAt: 6, uncertain: true, confirmedAt: 6 },
      retryAt: 8,
      footprint: {
        version: 1,
        zone: "fr-par-2",
        machine: "m-1",
        volumes: [{ id: "v-1", kind: "sbs" }],
        addresses: ["a-1"],
        nics: ["n-1"],
      },
      lastError: { code: "unavailable", message: "create: 503", at: 4 },
      troubleSince: 4,
      watched: true,
      ips: ["192.0.2.1", "2001:db8::1"],
      readyAt: 8,
      endedAt: 9,
    });
    const { instance, created } = await store.insert(full);
    assert.equal(created, true);
    assert.deepEqual(instance, { ...full, version: 1 });
    assert.deepEqual(await store.get(full.id), instance);
  });

  test("what is absent stays absent", async (store) => {
    await store.insert(aNewInstance({ id: first.id, nextActionAt: undefined, reason: undefined }));
    const row = (await store.get(first.id))!;
    for (const key of ["nextActionAt", "reason", "lease", "launch", "endedAt"])
      assert.equal(key in row, false, key);
  });

  test("a row that was handed out or taken in is not the store's own", async (store) => {
    const given = aNewInstance();
    const { instance } = await store.insert(given);
    given.spec.tags.push("changed");
    // A store may also hand out what nobody can change.
    const { nics } = instance.footprint;
    if (!Object.isFrozen(nics)) nics.push("changed");
    const row = (await store.get(given.id))!;
    assert.deepEqual(row.spec.tags, ["course=42"]);
    assert.deepEqual(row.footprint.nics, []);
  });

  test("a row is found again by the key it was inserted with", async (store) => {
    await store.insert(first, { idempotencyKey: "k" });
    assert.equal((await store.inserted("k"))?.id, first.id);
    assert.equal(await store.inserted("another"), undefined);
  });

  test("a repeat with the same idempotency key returns the first row, also when that is deleted", async (store) => {
    await store.insert(first, { idempotencyKey: "k" });
    const repeat = await store.insert({ ...second, name: "first" }, { idempotencyKey: "k" });
    assert.equal(repeat.created, false);
    assert.equal(repeat.instance.id, first.id);
    await store.update(first.id, {}, deleted);
    const later = await store.insert(second, { idempotencyKey: "k" });
    assert.deepEqual([later.created, later.instance.id, later.instance.phase], [false, first.id, "deleted"]);
    assert.equal(await store.get(second.id), undefined);
    assert.equal(await eventCount(store), 1);
  });

  test("a key is kept for a week, and goes with the next one after that", async (store) => {
    const at = (id: number, createdAt: number) => aNewInstance({ id: `mf-00000000000${id}`, createdAt });
    const week = 7 * 86_400_000;
    await store.insert(at(1, 1_000), { idempotencyKey: "k" });
    await store.insert(at(2, 1_000 + week), { idempotencyKey: "l" });
    assert.equal((await store.inserted("k"))?.id, "mf-000000000001");
    await store.insert(at(3, 1_001 + week), { idempotencyKey: "m" });
    assert.equal(await store.inserted("k"), undefined);
    assert.equal((await store.inserted("l"))?.id, "mf-000000000002");
    const { created } = await store.insert(at(4, 1_001 + week), { idempotencyKey: "k" });
    assert.equal(created, true);
    assert.equal((await store.inserted("k"))?.id, "mf-000000000004");
  });

  test("a key that is older than a week is another's when it comes again", async (store) => {
    await store.insert(first, { idempotencyKey: "k" });
    const late = { ...second, createdAt: first.createdAt + 7 * 86_400_000 + 1 };
    assert.equal((await store.insert(late, { idempotencyKey: "k" })).created, true);
  });

  test("a name that a live row has is refused, and nothing is written", async (store) => {
    await store.insert(first);
    const same = { ...second, name: "first" };
    await assert.rejects(store.insert(same, { idempotencyKey: "k", foundKey: "f" }), { code: "name_taken" });
    assert.equal(await store.get(second.id), undefined);
    assert.equal(await eventCount(store), 1);
    const { created } = await store.insert(second, { idempotencyKey: "k", foundKey: "f" });
    assert.equal(created, true);
  });

  test("a name is free again once its instance is deleted, and not before", async (store) => {
    await store.insert(first);
    await store.update(first.id, {}, set({ phase: "deleting" }));
    await assert.rejects(store.insert({ ...second, name: "first" }), { code: "name_taken" });
    await store.update(first.id, {}, deleted);
    const { created } = await store.insert({ ...second, name: "first" });
    assert.equal(created, true);
  });

  test("a row is not renamed to the name of a live one", async (store) => {
    await store.insert(first);
    await store.insert(second);
    await assert.rejects(store.update(second.id, {}, set({ name: "first" })), { code: "name_taken" });
    assert.equal((await store.get(second.id))?.name, "second");
    await store.update(first.id, {}, set({ name: "third" }));
    const renamed = await store.update(second.id, {}, set({ name: "first" }));
    assert.equal(renamed.name, "first");
  });

  test("an id is given to one row only", async (store) => {
    await store.insert(first);
    await assert.rejects(store.insert({ ...first, name: "other" }), { code: "unavailable" });
    assert.equal((await store.get(first.id))?.name, "first");
  });

  test("a found key returns the live row that has it, and is free again once that is deleted", async (store) => {
    await store.insert(first, { foundKey: "machine/m-1" });
    const again = await store.insert(second, { foundKey: "machine/m-1" });
    assert.deepEqual([again.created, again.instance.id], [false, first.id]);
    await store.update(first.id, {}, deleted);
    const later = await store.insert(second, { foundKey: "machine/m-1" });
    assert.deepEqual([later.created, later.instance.id], [true, second.id]);
    const once = await store.insert(aNewInstance({ id: "mf-000000000003" }), { foundKey: "machine/m-1" });
    assert.equal(once.instance.id, second.id);
  });
}
