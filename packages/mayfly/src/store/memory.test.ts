import assert from "node:assert/strict";
import { test } from "node:test";
import { systemRandom } from "../random.ts";
import { aNewInstance } from "./a-new-instance-contract.ts";
import { describeStore } from "./contract.ts";
import { createMemoryStore } from "./memory.ts";

describeStore("memory", async (options) => createMemoryStore({ random: systemRandom, ...options }));

test("what lies in memory outlives the process that closed it", async () => {
  const store = createMemoryStore({ random: systemRandom });
  const { instance } = await store.insert(aNewInstance());
  await store.close();
  assert.deepEqual(await store.get(instance.id), instance);
});
