import assert from "node:assert/strict";
import { test } from "node:test";
import { createInstanceSchema } from "../api/create-instance.ts";
import { RequestProblem } from "../api/problem.ts";
import { startEmulatedWorld } from "../testing/emulated-world.ts";

const HOUR = 3_600_000;
const NOWHERE = { account: undefined, zone: undefined };

/** A running instance, and a volume that somebody made by itself. */
async function aWorld() {
  const world = await startEmulatedWorld();
  const { commands, store, passUntil } = world;

  /** Lets time pass for as long as the work waits for it. */
  async function passing<Result>(work: Promise<Result>): Promise<Result> {
    let isOver = false;
    const end = () => void (isOver = true);
    work.then(end, end);
    await passUntil("an answer", async () => isOver, HOUR);
    return work;
  }

  const request = createInstanceSchema.parse({ name: "lab", lifetime: "10h" });
  const { id } = (await passing(commands.create(request))).instance;
  await passUntil("running", async () => (await store.get(id))?.phase === "running", HOUR);
  const volume = await passing(commands.createResource("volume", { name: "data", sizeGb: 20 }));
  const { footprint } = (await store.get(id))!;
  return { ...world, passing, id, volume, footprint };
}

const isProblem = (code: string, message: RegExp) => (error: unknown) => {
  assert.ok(error instanceof RequestProblem, String(error));
  assert.equal(error.code, code, error.message);
  assert.match(error.message, message);
  return true;
};

test("a volume is made larger, attached and taken off, and again changes nothing", async () => {
  const { commands, passing, footprint, stop } = await aWorld();
  for (const _again of [1, 2]) {
    const larger = await passing(commands.changeVolume("resize", "data", { ...NOWHERE, sizeGb: 30 }));
    assert.equal(larger.sizeGb, 30);
  }
  for (const reference of ["lab", footprint.machine!]) {
    const held = await passing(commands.changeVolume("attach", "data", { instance: reference }));
    assert.deepEqual([held.state, held.machine], ["attached", footprint.machine]);
  }
  for (const _again of [1, 2]) {
    const free = await passing(commands.changeVolume("detach", "data", NOWHERE));
    assert.deepEqual([free.state, free.machine], ["ready", undefined]);
  }
  await assert.rejects(
    passing(commands.changeVolume("resize", "data", { ...NOWHERE, sizeGb: 29 })),
    isProblem("invalid", /has 30 GB and can't become smaller/),
  );
  await stop();
});

test("what somebody attached comes off when the instance ends, and stays", async () => {
  const { commands, passing, id, volume, store, emulator, passUntil, passFor, stop } = await aWorld();
  await passing(commands.changeVolume("attach", "data", { instance: id }));
  await commands.delete(id);
  await passUntil("gone", async () => (await store.get(id))?.phase === "deleted", HOUR);
  await passFor(300_000);
  const { machines, volumes } = emulator.leftovers();
  assert.deepEqual([machines, volumes.map((each) => each.id)], [[], [volume.id]]);
  assert.equal((await passing(commands.findResource("volume", "data", NOWHERE))).state, "ready");
  await stop();
});

test("a volume is attached to no instance that has no machine, nor where another has it", async () => {
  const { commands, passing, id, store, passUntil, stop } = await aWorld();
  const attach = (instance: string) => passing(commands.changeVolume("attach", "data", { instance }));
  await assert.rejects(attach("nobody"), isProblem("not_found", /no instance nobody/));
  await attach(id);
  const other = createInstanceSchema.parse({ name: "other", lifetime: "10h" });
  const second = (await passing(commands.create(other))).instance;
  await passUntil("running", async () => (await store.get(second.id))?.phase === "running", HOUR);
  await assert.rejects(attach("other"), isProblem("refused", /volume data is used by machine/));
  await commands.delete(id);
  await assert.rejects(attach(id), isProblem("refused", /instance lab is .*no machine to attach/));
  await stop();
});

test("what belongs to an instance is not taken from it", async () => {
  const { commands, passing, footprint, stop } = await aWorld();
  const [root] = footprint.volumes;
  await assert.rejects(
    passing(commands.changeVolume("detach", root!.id, NOWHERE)),
    isProblem("refused", /belongs to instance lab and goes with it/),
  );
  await stop();
});
