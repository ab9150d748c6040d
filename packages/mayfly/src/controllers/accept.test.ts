import assert from "node:assert/strict";
import { test } from "node:test";
import { createInstanceSchema } from "../api/create-instance.ts";
import { aWorld } from "../testing/a-world.ts";

const order = (machineName: string) =>
  createInstanceSchema.parse({ type: "small", image: "linux", machineName, lifetime: "1h" });

test("machines of one name are made for rows with names of their own", async () => {
  const { clock, boot, cloud } = await aWorld();
  const { commands } = await boot();
  const made = [];
  for (const key of ["a", "b"]) made.push((await commands.accept(order("Übung 1"), { key })).instance);
  await clock.advance(30_000);
  assert.deepEqual(
    [...cloud.machines.values()].map(({ name }) => name),
    ["Übung 1", "Übung 1"],
  );
  assert.equal(made[0]?.name, "Ubung-1");
  assert.match(made[1]?.name ?? "", /^Ubung-1-[0-9a-z]{6}$/);
});

test("a delivery that comes again before it is acknowledged makes nothing", async () => {
  const { store, boot } = await aWorld();
  const { commands } = await boot();
  const first = await commands.accept(order("lab"), { key: "key" });
  const again = await commands.accept(order("lab"), { key: "key" });
  assert.deepEqual([first.created, again.created], [true, false]);
  assert.equal(again.instance.id, first.instance.id);
  await store.acknowledge("key");
  assert.equal((await commands.accept(order("lab"), { key: "key" })).created, true);
});

test("a name that somebody chose is refused where it is taken", async () => {
  const { boot } = await aWorld();
  const { create } = await boot();
  await create({ name: "lab", machineName: "x" });
  await assert.rejects(create({ name: "lab", machineName: "x" }), /instance named lab already/);
});
