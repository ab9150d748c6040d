import assert from "node:assert/strict";
import { aNewInstance } from "./a-new-instance-contract.ts";
import type { StoreTest } from "./store-test-contract.ts";
import { eventCount, set } from "./store-test-contract.ts";

export function eventsContract(test: StoreTest): void {
  const [a, b] = ["mf-00000000000a", "mf-00000000000b"] as const;

  test("an insert writes its event: requested, or found by the sweep", async (store) => {
    assert.equal(await eventCount(store), 0);
    await store.insert(aNewInstance({ id: a, createdAt: 7, expiresAt: 50 }));
    await store.insert(
      aNewInstance({ id: b, createdAt: 8, expiresAt: 60, origin: "found", reason: "unclaimed" }),
    );
    const [first, second, ...more] = await store.events({ after: 0, limit: 10 });
    const { seq, ...requested } = first!;
    assert.deepEqual(requested, { at: 7, instanceId: a, kind: "requested", phase: "pending", expiresAt: 50 });
    assert.deepEqual([second?.kind, second?.reason], ["found", "unclaimed"]);
    assert.ok(second!.seq > seq);
    assert.deepEqual(more, []);
  });

  test("an update writes its events in order, with the phase and the deadline that it gave the row", async (store) => {
    await store.insert(aNewInstance({ id: a }));
    await store.update(a, {}, (row) => ({
      row: { ...row, phase: "deleting", expiresAt: 99 },
      events: [
        { at: 20, kind: "expired" },
        { at: 21, kind: "phase", reason: "its time is up" },
      ],
    }));
    const [, expired, phase] = await store.events({ after: 0, limit: 10 });
    const common = { instanceId: a, phase: "deleting", expiresAt: 99 };
    assert.deepEqual(expired, { seq: expired!.seq, at: 20, kind: "expired", ...common });
    assert.deepEqual(phase, { seq: phase!.seq, at: 21, kind: "phase", reason: "its time is up", ...common });
    assert.ok(phase!.seq > expired!.seq);
  });

  test("events are read on from any place, all or one instance's, a page at a time", async (store) => {
    for (const id of [a, b]) await store.insert(aNewInstance({ id }));
    for (const id of [a, b, a])
      await store.update(id, {}, (row) => ({ row, events: [{ at: 1, kind: "trouble" }] }));
    const all = await store.events({ after: 0, limit: 10 });
    assert.deepEqual(
      all.map((event) => event.instanceId),
      [a, b, a, b, a],
    );
    assert.deepEqual(await store.events({ after: all[1]!.seq, limit: 2 }), all.slice(2, 4));
    assert.deepEqual(await store.events({ after: all[0]!.seq, instanceId: a, limit: 1 }), [all[2]]);
    assert.deepEqual(await store.events({ after: all[4]!.seq, limit: 10 }), []);
  });

  test("who waits for an event wakes at the next one, and only then", async (store) => {
    await store.insert(aNewInstance({ id: a }));
    const { signal } = new AbortController();
    let woken = 0;
    const waits = [store.eventCommitted(signal), store.eventCommitted(signal)];
    for (const wait of waits) void wait.then(() => woken++);
    await store.update(a, {}, set({ reason: "no event" }));
    await store.claim(a, { token: "w1", now: 1, until: 2 });
    await store.insert(aNewInstance({ id: b }), { idempotencyKey: "k" }).catch(() => assert.fail());
    await Promise.all(waits);
    assert.equal(woken, 2);
  });

  test("a write without an event wakes nobody", async (store) => {
    await store.insert(aNewInstance({ id: a }), { idempotencyKey: "k" });
    let woken = false;
    const end = new AbortController();
    const wait = store.eventCommitted(end.signal).then(() => (woken = true));
    await store.update(a, {}, set({ reason: "no event" }));
    await store.insert(aNewInstance({ id: b }), { idempotencyKey: "k" });
    await store.update(a, { version: 99 }, set({})).catch(() => undefined);
    assert.equal(woken, false);
    end.abort();
    await wait;
  });

  test("who waits for an event is let go by its signal, also by one that was aborted before", async (store) => {
    const end = new AbortController();
    const wait = store.eventCommitted(end.signal);
    end.abort();
    await wait;
    await store.eventCommitted(end.signal);
  });

  test("who waits for an event is let go when the store closes", async (store) => {
    const wait = store.eventCommitted(new AbortController().signal);
    await store.close();
    await wait;
  });
}
