import assert from "node:assert/strict";
import { test } from "node:test";
import { instanceView } from "../api/instance-view.ts";
import type { CreateRequest, Provider } from "../providers/provider.ts";
import { aWorld } from "../testing/a-world.ts";

/** A world whose cloud lets machines end themselves, and what it was asked to make. */
async function aGuardedWorld(change: (provider: Provider) => Partial<Provider> = () => ({})) {
  const world = await aWorld();
  const requests: CreateRequest[] = [];
  const provider: Provider = {
    ...world.provider,
    supports: { ...world.provider.supports, failsafe: true },
    create(request) {
      requests.push(request);
      return world.provider.create(request);
    },
  };
  const accounts = { fake: { ...provider, ...change(provider) } };
  return { ...world, requests, process: await world.boot({ accounts }) };
}

test("a machine ends itself where the cloud allows it and nobody said otherwise, and its view says so", async () => {
  const { clock, process, row, requests } = await aGuardedWorld();
  const guarded = await process.create({ lifetime: "2h", maxLifetime: "1d" });
  const bare = await process.create({ failsafe: false });
  await clock.advance(60_000);
  assert.deepEqual(
    [guarded, bare].map(
      (id) => requests.find(({ marks }) => marks.instanceId === id)?.spec.failsafe ?? false,
    ),
    [true, false],
  );
  assert.equal(requests[0]?.latestExpiresAt, (await row(guarded)).maxExpiresAt);
  assert.equal(instanceView(await row(guarded), 0).failsafe, true);
  assert.equal(instanceView(await row(bare), 0).failsafe, false);
});

test("where the cloud has none, asking for it is no mistake, and its view says so", async () => {
  const { boot, row } = await aWorld();
  const id = await (await boot()).create({ failsafe: true });
  assert.equal(instanceView(await row(id), 0).failsafe, false);
});

test("one that its deadline stopped and that is extended knows its new deadline before it starts", async () => {
  const acts: string[] = [];
  const { clock, process, row } = await aGuardedWorld((provider) => ({
    async mark(machine, marks) {
      acts.push("mark");
      await provider.mark?.(machine, marks);
    },
    async start(machine) {
      acts.push("start");
      await provider.start(machine);
    },
  }));
  const id = await process.create({ lifetime: "10m", onExpiry: "stop" });
  await clock.advance(15 * 60_000);
  assert.equal((await row(id)).phase, "stopped");
  await process.commands.extend(id, { expiresAt: clock.now() + 3_600_000 });
  await clock.advance(5 * 60_000);
  assert.equal((await row(id)).phase, "running");
  assert.deepEqual(acts, ["mark", "start"]);
});

test("what is left of a create when its machine runs is done then, by whichever process, before it is running", async () => {
  const finished = new Set<string>();
  let troubles = 2;
  const unfinished = (provider: Provider): Partial<Provider> => ({
    async list(query) {
      const inventory = await provider.list(query);
      const machines = inventory.machines.map((machine) =>
        finished.has(machine.id) ? machine : { ...machine, isUnfinished: true },
      );
      return { ...inventory, machines };
    },
    async create(request) {
      if (request.found?.state !== "running") return provider.create(request);
      if (troubles-- > 0) throw new Error("the answer is lost");
      finished.add(request.found.id);
    },
  });
  const { clock, process, row, cloud } = await aGuardedWorld(unfinished);
  const id = await process.create({ lifetime: "2h" });
  for (let seconds = 0; finished.size === 0; seconds += 1) {
    assert.ok(seconds < 300, "nobody finished it");
    assert.equal((await row(id)).phase === "running", false);
    await clock.advance(1_000);
  }
  await clock.advance(60_000);
  assert.equal((await row(id)).phase, "running");
  assert.deepEqual([...finished], [(await row(id)).footprint.machine]);
  assert.equal(cloud.exists().machines.length, 1);
});
