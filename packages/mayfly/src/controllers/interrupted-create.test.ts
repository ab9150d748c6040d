import assert from "node:assert/strict";
import { test } from "node:test";
import { createInstanceSchema } from "../api/create-instance.ts";
import type { Commands } from "../api/commands.ts";
import { aPublicKey } from "../testing/a-public-key.ts";
import { startEmulatedWorld } from "../testing/emulated-world.ts";
import type { Fate } from "../testing/interceptor.ts";

const HOUR = 3_600_000;

const REQUEST = createInstanceSchema.parse({
  lifetime: "10h",
  network: "lab",
  firewall: "web",
  ipv6: true,
  volumes: [
    { name: "data", sizeGb: 20 },
    { name: "logs", sizeGb: 5 },
  ],
  sshKeys: [aPublicKey()],
  userData: "#cloud-config\n",
});

/** What one instance with all of it consists of. */
const ONE_OF_EACH = {
  machines: 1,
  volumes: ["data", "logs", "root"],
  addresses: 1,
  privateNics: 1,
  others: ["privateNetwork", "securityGroup", "sshKey"],
};

const NOTHING = { machines: [], volumes: [], addresses: [], privateNics: [], others: [] };

interface Way {
  name: string;
  /** Of one call, which has had its effect. */
  fate: Fate;
  /** Whether somebody else has to go on. */
  needsAnother: boolean;
}

const WAYS: Way[] = [
  { name: "the process ends", fate: "crash-after", needsAnother: true },
  { name: "the answer is lost", fate: { after: () => new TypeError("fetch failed") }, needsAnother: false },
  { name: "the process stands still, and another takes over", fate: "freeze", needsAnother: true },
];

for (const way of WAYS)
  test(`an instance with everything there is is made once and leaves nothing, at whichever call ${way.name}`, async () => {
    for (let call = 1; ; call += 1)
      if (!(await live(way, call))) return assert.ok(call > 30, `${call} calls`);
  });

/** One whole life, in which this call of its making is interrupted; false when there was no such call. */
async function live({ fate, needsAnother }: Way, call: number): Promise<boolean> {
  let [calls, isMaking] = [0, true];
  const world = await startEmulatedWorld({
    fate: () => (isMaking && (calls += 1) === call ? fate : "through"),
  });
  const { emulator, store, passUntil, passFor } = world;

  // 1. somebody asks, again when there is no answer
  let isOver = false;
  const end = () => void (isOver = true);
  world.commands.create(REQUEST, { idempotencyKey: "k" }).then(end, end);
  const made = async () => (await store.inserted("k"))?.phase === "running";
  await passUntil("the interruption", async () => calls >= call || (await made()), HOUR);
  const { commands } = calls >= call && needsAnother ? await world.startWorker() : world;
  if (!needsAnother) await passUntil("an answer", async () => isOver, HOUR);
  const { id } = await passing(world, commands.create(REQUEST, { idempotencyKey: "k" }));

  // 2. one of each
  await passUntil("running", made, HOUR);
  isMaking = false;
  await passFor(240_000);
  const { machines, volumes, addresses, privateNics, others } = emulator.leftovers();
  const found = {
    machines: machines.length,
    volumes: volumes.map((volume) => (volume.name.startsWith("Ubuntu") ? "root" : volume.name)).sort(),
    addresses: addresses.length,
    privateNics: privateNics.length,
    others: others.map(({ kind }) => kind).sort(),
  };
  assert.deepEqual(found, ONE_OF_EACH, `at call ${call}`);
  assert.equal((await store.get(id))?.phase, "running", `at call ${call}`);

  // 3. nothing of it
  await commands.delete(id);
  await passUntil("gone", async () => (await store.get(id))?.phase === "deleted", HOUR);
  await passFor(300_000);
  assert.deepEqual(emulator.leftovers(), NOTHING, `at call ${call}`);
  assert.deepEqual(await store.shared("default"), []);
  await world.stop();
  return calls >= call;
}

async function passing(
  world: Awaited<ReturnType<typeof startEmulatedWorld>>,
  work: ReturnType<Commands["create"]>,
): Promise<{ id: string }> {
  let isOver = false;
  const end = () => void (isOver = true);
  work.then(end, end);
  await world.passUntil("an answer", async () => isOver, HOUR);
  return (await work).instance;
}
