import assert from "node:assert/strict";
import { test } from "node:test";
import { anAwsRow } from "../../testing/aws-row.ts";
import { anAwsWorld, AWS_ZONE as ZONE } from "../../testing/aws-world.ts";
import { expectProviderError } from "../../testing/expect-provider-error.ts";
import { interrupted } from "../../testing/interrupted.ts";
import { startMoto } from "../../testing/moto.ts";
import { createVolumes } from "./volumes.ts";

const moto = await startMoto();
const skip = moto === undefined ? "moto cannot be had" : false;
const BY = { owner: "own-1" };
const WANTED = { name: "data", zone: ZONE, sizeGb: 20 };

async function aWorld() {
  const world = await anAwsWorld(moto!);
  return { world, volumes: createVolumes(world.clients()) };
}

test("a volume is made encrypted, found, attached, let go of, and deleted", { skip }, async () => {
  const { world, volumes } = await aWorld();
  const row = anAwsRow();
  await world.provider().create(row.request());
  await world.clock.advance(60_000);
  const machine = row.footprint.machine!;
  const made = await volumes.ensure(WANTED, BY);
  assert.deepEqual(
    [made.name, made.place, made.owner, made.onDemand, made.sizeGb, made.iops, made.state, made.machine],
    ["data", ZONE, "own-1", false, 20, 3000, "ready", undefined],
  );
  assert.deepEqual(await volumes.ensure(WANTED, BY), made);
  assert.deepEqual(await volumes.find("data", ZONE), made);
  assert.deepEqual(await volumes.list(ZONE), [made]);
  const { Volumes = [] } = await world.console.describeVolumes({ VolumeIds: [made.id] });
  assert.deepEqual([Volumes[0]?.Encrypted, Volumes[0]?.VolumeType], [true, "gp3"]);
  const held = await volumes.attach(made.id, machine, ZONE);
  assert.deepEqual([held.state, held.machine], ["attached", machine]);
  assert.deepEqual(await volumes.attach(made.id, machine, ZONE), held);
  await assert.rejects(
    volumes.attach(made.id, "i-0123456789abcdef0", ZONE),
    expectProviderError("conflict", /detach it there first/),
  );
  assert.equal((await volumes.detach(made.id, ZONE)).state, "ready");
  assert.equal((await volumes.detach(made.id, ZONE)).state, "ready");
  await volumes.attach(made.id, machine, ZONE);
  await volumes.delete(made.id, ZONE);
  await volumes.delete(made.id, ZONE);
  assert.deepEqual(await volumes.list(ZONE), []);
});

test(
  "a volume grows, and is never made smaller; one that is not as wanted is refused",
  { skip },
  async () => {
    const { volumes } = await aWorld();
    const { id } = await volumes.ensure(WANTED, BY);
    assert.equal((await volumes.resize(id, 30, ZONE)).sizeGb, 30);
    await assert.rejects(
      volumes.resize(id, 10, ZONE),
      expectProviderError("invalid_input", /can't become smaller/),
    );
    await assert.rejects(
      volumes.ensure(WANTED, BY),
      expectProviderError("invalid_input", /has 30 GB, not 20/),
    );
    await assert.rejects(
      volumes.attach("vol-0123456789abcdef0", "i-0", ZONE),
      expectProviderError("invalid_input", /there is no volume/),
    );
  },
);

test("what was made for one instance alone is nobody's volume", { skip }, async () => {
  const { world, volumes } = await aWorld();
  await world.provider().create(anAwsRow({ volumes: [{ name: "data", sizeGb: 20 }] }).request());
  assert.deepEqual(await volumes.list(ZONE), []);
  assert.equal(await volumes.find("lab", ZONE), undefined);
});

test("two snapshots of one name are one", { skip }, async () => {
  const { volumes } = await aWorld();
  const { id } = await volumes.ensure(WANTED, BY);
  const first = await volumes.snapshot(id, "friday", ZONE, BY);
  assert.equal(await volumes.snapshot(id, "friday", ZONE, BY), first);
  assert.notEqual(await volumes.snapshot(id, "saturday", ZONE, BY), first);
});

for (const how of ["cut", "lost"] as const)
  test(`a volume is made once and deleted, wherever either is ${how}`, { skip }, async () => {
    for (let call = 1; ; call += 1) {
      const { world, volumes } = await aWorld();
      const broken = (work: (port: typeof volumes) => Promise<unknown>) =>
        world.passing(
          interrupted(world.layer.fetch, { call, how }, (send) => work(createVolumes(world.clients(send)))),
        );
      const making = await broken((port) => port.ensure(WANTED, BY));
      const { id } = await world.passing(volumes.ensure(WANTED, BY));
      assert.equal((await world.left()).volumes, 1, `at call ${call}`);
      const deleting = await broken((port) => port.delete(id, ZONE));
      await world.passing(volumes.delete(id, ZONE));
      assert.equal((await world.left()).volumes, 0, `at call ${call}`);
      if (!making.reached && !deleting.reached) return assert.ok(call > 3, "the walk did not walk");
    }
  });
