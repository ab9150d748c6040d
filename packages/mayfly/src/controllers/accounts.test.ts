import assert from "node:assert/strict";
import { test } from "node:test";
import { createFakeCloud } from "../providers/fake/fake-cloud.ts";
import { createFakeProvider } from "../providers/fake/fake.ts";
import { aWorld } from "../testing/a-world.ts";
import { seededRandom } from "../testing/seeded-random.ts";

const MINUTE = 60_000;

test("two accounts that show the same cloud leave each other's machines alone", async () => {
  const { clock, boot, row, store, provider, left } = await aWorld();
  const { create } = await boot({ accounts: { first: provider, second: provider } });
  const ids = [
    await create({ account: "first", lifetime: "10m" }),
    await create({ account: "second", lifetime: "10m" }),
  ];
  await clock.advance(9 * MINUTE);
  for (const id of ids) assert.equal((await row(id)).phase, "running");
  const { instances } = await store.list({ limit: 10, all: true });
  assert.deepEqual(instances.map(({ id }) => id).sort(), ids.toSorted(), "nothing was found");
  await clock.advance(3 * MINUTE);
  for (const id of ids) assert.equal((await row(id)).phase, "deleted");
  assert.equal(left(), "machines 0 parts 0");
});

test("what one account's cloud does not show says nothing of another account's machines", async () => {
  const { clock, boot, row, store, cloud, provider, left } = await aWorld();
  const other = createFakeCloud({ clock, random: seededRandom(2) });
  const { create } = await boot({
    accounts: { first: provider, second: createFakeProvider(other, clock) },
  });
  const marks = { owner: await store.owner(), instanceId: "mf-zzzzzzzzzzzz", expiresAt: 0 };
  for (const each of [cloud, other])
    await each.createMachine({ marks, name: "stray", zone: "fake-1", addresses: [] });
  const ids = [
    await create({ account: "first", lifetime: "10m" }),
    await create({ account: "second", lifetime: "10m" }),
  ];
  await clock.advance(9 * MINUTE);
  for (const id of ids) assert.equal((await row(id)).phase, "running");
  for (const each of [cloud, other]) assert.equal(each.exists().machines.length, 1, "the stray is gone");
  await clock.advance(3 * MINUTE);
  for (const id of ids) assert.equal((await row(id)).phase, "deleted");
  assert.equal(left(), "machines 0 parts 0");
  assert.deepEqual(other.exists(), { machines: [], parts: [] });
});
