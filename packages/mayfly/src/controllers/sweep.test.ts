import assert from "node:assert/strict";
import { test } from "node:test";
import { emptyFootprint } from "../lifecycle/instance.ts";
import type { Provider } from "../providers/provider.ts";
import { aWorld } from "../testing/a-world.ts";
import { aRunningInstance } from "../testing/builders.ts";

const MINUTE = 60_000;
const MARKED = { instanceId: "mf-zzzzzzzzzzzz", expiresAt: 0 };

/** With a machine that carries our mark, runs for a while already, and that no row answers for. */
async function aWorldWithAStray() {
  const world = await aWorld();
  const marks = { ...MARKED, owner: await world.store.owner() };
  const strayIn = (zone: string) => world.cloud.createMachine({ marks, name: "stray", zone, addresses: [] });
  const { id } = await strayIn("fake-1");
  await world.clock.advance(MINUTE);
  const found = async () => {
    const { instances } = await world.store.list({ limit: 100, all: true });
    return instances.filter(({ origin }) => origin === "found").length;
  };
  return { ...world, strayIn, stray: world.cloud.machines.get(id)!, found };
}

/** A row whose machine this is. */
function rowOf(machine: string, zone: string) {
  const row = aRunningInstance({ account: "fake", footprint: { ...emptyFootprint(zone), machine } });
  return { ...row, spec: { ...row.spec, zone } };
}

test("what gets its row while the cloud is listed is no suspect", async () => {
  const { boot, clock, provider, store, stray, found } = await aWorldWithAStray();
  const busy: Provider = {
    ...provider,
    async list(query) {
      const inventory = await provider.list(query);
      if (query.kinds.size === 3 && (await store.list({ limit: 1 })).instances.length === 0)
        await store.insert(rowOf(stray.id, "fake-1"));
      return inventory;
    },
  };
  await boot({ accounts: { fake: busy } });
  await clock.advance(1_000);
  assert.deepEqual(await store.suspects("fake/fake-1"), []);
  await clock.advance(2 * MINUTE);
  assert.equal(await found(), 0);
});

test("a suspect that a look does not show is forgotten: when it comes again, one look condemns nothing", async () => {
  const { boot, clock, stray, found } = await aWorldWithAStray();
  const { marks } = stray;
  await boot();
  await clock.advance(1_000);
  delete stray.marks;
  await clock.advance(MINUTE);
  stray.marks = marks!;
  await clock.advance(MINUTE);
  assert.equal(await found(), 0);
  await clock.advance(MINUTE);
  assert.equal(await found(), 1);
});

test("each zone keeps its own suspects: strays in two of them are found by the second sweep", async () => {
  const { boot, clock, cloud, store, strayIn, found } = await aWorldWithAStray();
  const marks = { owner: await store.owner(), instanceId: "mf-000000000001", expiresAt: 0 };
  const lab = await cloud.createMachine({ marks, name: "lab", zone: "fake-2", addresses: [] });
  await cloud.powerOn(lab.id);
  await store.insert(rowOf(lab.id, "fake-2"));
  await strayIn("fake-2");
  await clock.advance(MINUTE);
  await boot();
  await clock.advance(MINUTE + 1_000);
  assert.equal(await found(), 2);
});

test("two workers that find the same stray give it one row", async () => {
  const { boot, clock, store, found } = await aWorldWithAStray();
  const goOn: (() => void)[] = [];
  // Both have read what there is before one of them writes.
  const together = {
    ...store,
    async insert(...how: Parameters<typeof store.insert>) {
      await new Promise<void>((resolve) => {
        goOn.push(resolve);
        if (goOn.length === 2) for (const go of goOn) go();
      });
      return store.insert(...how);
    },
  };
  await boot({ store: together });
  await boot({ store: together });
  await clock.advance(MINUTE + 1_000);
  assert.equal(goOn.length, 2);
  assert.equal(await found(), 1);
});

test("a machine that lost its mark while no list came is not ended by what was seen before", async () => {
  const { boot, clock, cloud, provider, row } = await aWorld();
  let isDown = false;
  const sometimes: Provider = {
    ...provider,
    list: (query) => (isDown ? Promise.reject(new Error("no list today")) : provider.list(query)),
  };
  const { create } = await boot({ accounts: { fake: sometimes } });
  const id = await create({ lifetime: "20m" });
  await clock.advance(5 * MINUTE);
  isDown = true;
  const machine = (await row(id)).footprint.machine!;
  delete cloud.machines.get(machine)!.marks;
  await clock.advance(20 * MINUTE);
  assert.equal((await row(id)).desired, "gone");
  assert.equal(cloud.machines.get(machine)?.goneAt, undefined);
  isDown = false;
  await clock.advance(5 * MINUTE);
  assert.equal(cloud.machines.get(machine)?.goneAt, undefined);
  assert.match((await row(id)).reason!, /runs on and is billed/);
});
