import assert from "node:assert/strict";
import { test } from "node:test";
import { createMemoryStore } from "../store/memory.ts";
import { anInstance } from "../testing/builders.ts";
import { seededRandom } from "../testing/seeded-random.ts";
import { silentLog } from "../testing/silent-log.ts";
import { createVirtualClock } from "../testing/virtual-clock.ts";
import { loggedStore } from "./logged-store.ts";

async function aLoggedRow() {
  const lines: unknown[] = [];
  const log = { ...silentLog, info: (fields: object, message: string) => void lines.push([message, fields]) };
  const store = loggedStore(createMemoryStore({ random: seededRandom(1), clock: createVirtualClock() }), log);
  const row = anInstance();
  await store.insert(row, { idempotencyKey: "once" });
  return { store, row, lines };
}

test("a new row and each change of its phase are a line with instance, phase and reason, whoever wrote it", async () => {
  const { store, row, lines } = await aLoggedRow();
  await store.update(row.id, {}, (current) => ({
    row: { ...current, phase: "deleting", reason: "delete requested" },
  }));
  assert.deepEqual(lines, [
    ["new → pending", { instance: row.id, phase: "pending", reason: undefined }],
    ["pending → deleting", { instance: row.id, phase: "deleting", reason: "delete requested" }],
  ]);
});

test("a repeated request, and a write that leaves the phase as it is, are no line", async () => {
  const { store, row, lines } = await aLoggedRow();
  lines.length = 0;
  await store.insert(row, { idempotencyKey: "once" });
  await store.update(row.id, {}, () => undefined);
  await store.update(row.id, {}, (current) => ({ row: { ...current, failures: 1 } }));
  assert.deepEqual(lines, []);
});

test("all else is what the store has at the time", async () => {
  const store = createMemoryStore({ random: seededRandom(1), clock: createVirtualClock() });
  let current = store;
  const logged = loggedStore(
    new Proxy(store, { ownKeys: () => [], get: (_, name) => Reflect.get(current, name) }),
    silentLog,
  );
  current = { ...store, lastEvent: async () => 7 };
  assert.equal(await logged.lastEvent(), 7);
});
