import assert from "node:assert/strict";
import { test } from "node:test";
import { createInstanceSchema } from "../api/create-instance.ts";
import type { CreateInstanceInput } from "../api/create-instance.ts";
import { aPublicKey } from "../testing/a-public-key.ts";
import { startEmulatedWorld } from "../testing/emulated-world.ts";
import type { EmulatedWorld } from "../testing/emulated-world.ts";

const KEY = aPublicKey();
const HOUR = 3_600_000;

test("an instance with a network, a firewall, a volume and a key leaves nothing of them behind", async () => {
  const world = await startEmulatedWorld();
  const id = await running(world, {
    network: "lab",
    firewall: "web",
    volumes: [{ name: "data", sizeGb: 20 }],
    sshKeys: [KEY],
  });
  const { footprint } = (await world.store.get(id))!;
  assert.equal(footprint.volumes.length, 2);
  assert.equal(footprint.nics.length, 1);
  const { machines, volumes, privateNics } = world.emulator.leftovers();
  assert.deepEqual([machines.length, volumes.length, privateNics.length], [1, 2, 1]);
  assert.deepEqual(names(world), ["lab", "web"]);
  assert.equal(await keys(world), 1);

  await world.commands.delete(id);
  await gone(world, id);
  await world.passFor(300_000);
  assert.deepEqual(world.emulator.leftovers(), NOTHING);
  assert.equal(await keys(world), 0);
  assert.deepEqual(await world.store.shared("default"), []);
  await world.stop();
});

test("what two instances share goes with the second", async () => {
  const world = await startEmulatedWorld();
  const ids = await Promise.all([1, 2].map(() => running(world, { network: "lab", firewall: "web" })));
  assert.deepEqual(names(world), ["lab", "web"]);
  await world.commands.delete(ids[0]!);
  await gone(world, ids[0]!);
  await world.passFor(300_000);
  assert.deepEqual(names(world), ["lab", "web"]);
  await world.commands.delete(ids[1]!);
  await gone(world, ids[1]!);
  await world.passFor(300_000);
  assert.deepEqual(world.emulator.leftovers(), NOTHING);
  await world.stop();
});

test("what stood before an instance wanted it outlives that instance", async () => {
  const world = await startEmulatedWorld();
  await passing(world, world.commands.createResource("network", { name: "lab" }));
  await passing(world, world.commands.createResource("firewall", { name: "web" }));
  await passing(world, world.commands.createResource("volume", { name: "archive", sizeGb: 5 }));
  const id = await running(world, { network: "lab", firewall: "web", volumes: [{ name: "archive" }] });
  await world.commands.delete(id);
  await gone(world, id);
  await world.passFor(300_000);
  assert.deepEqual(names(world), ["lab", "web"]);
  assert.deepEqual(
    (await passing(world, world.commands.listResources("volume", HERE))).map(({ name }) => name),
    ["archive"],
  );
  await world.stop();
});

test("an instance that comes while the last one's network is being removed gets one", async () => {
  const world = await startEmulatedWorld();
  for (let round = 0; round < 4; round++) {
    const id = await running(world, { network: "lab" });
    await world.commands.delete(id);
    await gone(world, id);
    // The next one comes at another moment of the sweep each time.
    await world.passFor(round * 17_000);
  }
  await world.passFor(300_000);
  assert.deepEqual(world.emulator.leftovers(), NOTHING);
  await world.stop();
});

test("a volume that is not there is told of before anything is made", async () => {
  const world = await startEmulatedWorld();
  await assert.rejects(
    ask(world, { volumes: [{ name: "nothing" }] }),
    /volume nothing is unknown in fr-par-1/,
  );
  assert.deepEqual(world.emulator.leftovers(), NOTHING);
  await world.stop();
});

const NOTHING = { machines: [], volumes: [], addresses: [], privateNics: [], others: [] };

const names = ({ emulator }: EmulatedWorld): string[] =>
  emulator
    .leftovers()
    .others.filter(({ kind }) => kind !== "sshKey")
    .map(({ name }) => name)
    .sort();

const HERE = { account: undefined, zone: undefined };
const keys = async (world: EmulatedWorld): Promise<number> =>
  (await passing(world, world.commands.listResources("key", HERE))).length;

/** Lets time pass for as long as the work waits for it. */
async function passing<Result>(world: EmulatedWorld, work: Promise<Result>): Promise<Result> {
  let over = false;
  const end = (): void => void (over = true);
  work.then(end, end);
  await world.passUntil("an answer", async () => over, HOUR);
  return work;
}

async function ask(world: EmulatedWorld, input: CreateInstanceInput): Promise<string> {
  const request = createInstanceSchema.parse({ lifetime: "10h", ...input });
  return (await passing(world, world.commands.create(request))).instance.id;
}

async function running(world: EmulatedWorld, input: CreateInstanceInput): Promise<string> {
  const id = await ask(world, input);
  await world.passUntil("running", async () => (await world.store.get(id))!.phase === "running", HOUR);
  return id;
}

async function gone(world: EmulatedWorld, id: string): Promise<void> {
  await world.passUntil("gone", async () => (await world.store.get(id))!.phase === "deleted", HOUR);
}
