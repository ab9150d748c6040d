import assert from "node:assert/strict";
import { test } from "node:test";
import { aVolumeWorld } from "../../testing/volume-world.ts";
import { expectProviderError } from "../../testing/expect-provider-error.ts";

const ZONE = "fr-par-1";
const BY = { owner: "own-1" };
const WANTED = { name: "data", zone: ZONE, sizeGb: 20 };

test("a volume that ten ask for at once is made once, though no list shows it yet", async () => {
  const world = aVolumeWorld();
  world.emulator.faults.listLagMs = 30_000;
  const all = await Promise.all(Array.from({ length: 10 }, () => world.volumes.ensure(WANTED, BY)));
  assert.deepEqual([...new Set(all.map(({ id }) => id))], world.left());
  assert.equal((await world.volumes.find("data", ZONE))?.id, all[0]!.id);
});

test("a volume that is gone is made anew, though lists still show it", async () => {
  const world = aVolumeWorld();
  const first = await world.volumes.ensure(WANTED, BY);
  await world.clock.advance(60_000);
  world.emulator.faults.listLagMs = 30_000;
  await world.volumes.delete(first.id, ZONE);
  assert.equal(await world.volumes.find("data", ZONE), undefined);
  const second = await world.volumes.ensure(WANTED, BY);
  assert.deepEqual(world.left(), [second.id]);
});

test("a volume whose making is in doubt is not made by a repeat within the gap", async () => {
  const world = aVolumeWorld();
  const { faults } = world.emulator;
  faults.listLagMs = 29_000;
  faults.add({ match: { operation: "createVolume" }, times: 1, effect: { kind: "cutAfter" } });
  const ended = new AbortController();
  world.clock.sleep(10_000).then(() => ended.abort(new Error("no more time")), assert.fail);
  await assert.rejects(
    world.volumes.ensure(WANTED, { ...BY, signal: ended.signal }),
    expectProviderError("unavailable", /no more time/),
  );
  const { id } = await world.volumes.ensure(WANTED, BY);
  assert.deepEqual(world.left(), [id]);
});

test("two snapshots of one name that are asked for at once are one, though no list shows it yet", async () => {
  const world = aVolumeWorld();
  const { id } = await world.volumes.ensure(WANTED, BY);
  world.emulator.faults.listLagMs = 30_000;
  const [one, other] = await Promise.all([
    world.volumes.snapshot(id, "friday", ZONE, BY),
    world.volumes.snapshot(id, "friday", ZONE, BY),
  ]);
  assert.equal(one, other);
  const snapshots = world.emulator.leftovers().others.filter(({ kind }) => kind === "snapshot");
  assert.deepEqual(
    snapshots.map((each) => each.id),
    [one],
  );
});
