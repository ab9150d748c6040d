import assert from "node:assert/strict";
import { test } from "node:test";
import { limits } from "../../api/limits.ts";
import { anAwsRow, AWS_OWNER } from "../../testing/aws-row.ts";
import type { AwsRow } from "../../testing/aws-row.ts";
import { expectProviderError } from "../../testing/expect-provider-error.ts";
import { anAwsWorld, AWS_ZONE } from "../../testing/aws-world.ts";
import { interrupted } from "../../testing/interrupted.ts";
import { startMoto } from "../../testing/moto.ts";

const moto = await startMoto();
const skip = moto === undefined ? "moto cannot be had" : false;
const NOTHING = { machines: 0, volumes: 0, addresses: 0 };

for (const how of ["cut", "lost"] as const)
  test(
    `a machine is made once, wherever its create is ${how}, and nothing of it is left`,
    { skip },
    async () => {
      for (let call = 1; ; call += 1) {
        const world = await anAwsWorld(moto!);
        world.layer.visibilityGapMs = 10_000;
        const row = anAwsRow({ volumes: [{ name: "data", sizeGb: 30 }] });
        const { reached } = await interrupted(world.layer.fetch, { call, how }, (send) =>
          world.provider(send).create(row.request()),
        );
        // Who comes next looks, past the gap, and completes what is there.
        await world.clock.advance(world.provider().visibilityGapMs);
        const [found] = (await row.look(world.provider())).machines;
        await world.provider().create(row.request({ found }));
        assert.deepEqual(await world.left(), { machines: 1, volumes: 2, addresses: 1 }, `at call ${call}`);
        await world.clock.advance(60_000);
        assert.equal((await row.look(world.provider())).machines[0]?.state, "running");
        await row.expectGone(world.provider(), (ms) => world.clock.advance(ms));
        assert.deepEqual(await world.left(), NOTHING, `at call ${call}`);
        if (!reached) return assert.ok(call > 5, `only ${call - 1} calls`);
      }
    },
  );

for (const how of ["cut", "lost"] as const)
  test(
    `a machine and what it leaves behind are deleted, wherever the delete is ${how}`,
    { skip },
    async () => {
      for (let call = 1; ; call += 1) {
        const world = await anAwsWorld(moto!);
        const row = anAwsRow();
        await world.provider().create(row.request());
        await leaveParts(world.console, row.footprint.machine!);
        await world.clock.advance(60_000);
        const { reached } = await interrupted(world.layer.fetch, { call, how }, (send) =>
          row.expectGone(world.provider(send), (ms) => world.clock.advance(5 * ms)),
        );
        await row.expectGone(world.provider(), (ms) => world.clock.advance(5 * ms));
        assert.deepEqual(await world.left(), NOTHING, `at call ${call}`);
        if (reached) continue;
        const { calls } = world.layer;
        assert.deepEqual([calls.get("DeleteVolume"), calls.get("DeleteNetworkInterface")], [1, 1]);
        return assert.ok(call > 8, `only ${call - 1} calls`);
      }
    },
  );

for (const how of ["cut", "lost"] as const)
  test(
    `a volume that stood before is attached once its machine runs, wherever that is ${how}, and outlives it`,
    { skip },
    async () => {
      const world = await anAwsWorld(moto!);
      const provider = world.provider();
      for (let call = 1; ; call += 1) {
        const name = `data-${call}`;
        const { id } = await provider.volumes!.ensure(
          { name, zone: AWS_ZONE, sizeGb: 20 },
          { owner: AWS_OWNER },
        );
        const row = anAwsRow({ volumes: [{ name }, { name: "own", sizeGb: 30 }] }, `mf-${call}`);
        await provider.create(row.request());
        await world.clock.advance(60_000);
        const found = async () => (await row.look(provider)).machines[0]!;
        const first = await found();
        assert.deepEqual([first.state, first.isUnfinished], ["running", true]);
        const { reached } = await world.passing(
          interrupted(world.layer.fetch, { call, how }, (send) =>
            world.provider(send).create(row.request({ found: first })),
          ),
        );
        const again = await found();
        if (again.isUnfinished) await world.passing(provider.create(row.request({ found: again })));
        const whole = await found();
        assert.equal(whole.isUnfinished, undefined, `at call ${call}`);
        assert.equal((await provider.volumes!.find(name, AWS_ZONE))?.machine, whole.id);
        assert.ok(!row.footprint.volumes.some((volume) => volume.id === id));
        await row.expectGone(provider, (ms) => world.clock.advance(ms));
        assert.deepEqual(await world.left(), { ...NOTHING, volumes: call }, `at call ${call}`);
        assert.equal((await provider.volumes!.find(name, AWS_ZONE))?.state, "ready");
        if (!reached) return assert.ok(call > 5, `only ${call - 1} calls`);
      }
    },
  );

test("a volume that another machine holds by then is waited for", { skip }, async () => {
  const world = await anAwsWorld(moto!);
  const provider = world.provider();
  const wanted = { name: "data", zone: AWS_ZONE, sizeGb: 20 };
  const { id } = await provider.volumes!.ensure(wanted, { owner: AWS_OWNER });
  const rows = ["mf-00000000000a", "mf-00000000000b"].map((name) =>
    anAwsRow({ volumes: [{ name: "data" }] }, name),
  );
  for (const row of rows) await provider.create(row.request());
  await world.clock.advance(60_000);
  const { machines } = await rows[0]!.look(provider);
  const finish = (row: AwsRow) =>
    provider.create(row.request({ found: machines.find((machine) => machine.id === row.footprint.machine) }));
  await finish(rows[0]!);
  await assert.rejects(finish(rows[1]!), expectProviderError("conflict", /detach it there first/));
  await provider.volumes!.detach(id, AWS_ZONE);
  await finish(rows[1]!);
  assert.equal((await provider.volumes!.find("data", AWS_ZONE))?.machine, rows[1]!.footprint.machine);
});

test("as many volumes as may be asked for have a place, also one that stood before", { skip }, async () => {
  const world = await anAwsWorld(moto!);
  const provider = world.provider();
  await provider.volumes!.ensure({ name: "data", zone: AWS_ZONE, sizeGb: 1 }, { owner: AWS_OWNER });
  const made = Array.from({ length: limits.volumes - 1 }, (_, at) => ({ name: `own-${at}`, sizeGb: 1 }));
  const row = anAwsRow({ volumes: [...made, { name: "data" }] });
  await provider.create(row.request());
  await world.clock.advance(60_000);
  const [found] = (await row.look(provider)).machines;
  await provider.create(row.request({ found }));
  assert.equal((await provider.volumes!.find("data", AWS_ZONE))?.machine, found!.id);
});

test("a machine is not given up for a place that a late list showed as free", { skip }, async () => {
  const world = await anAwsWorld(moto!);
  const provider = world.provider();
  await provider.volumes!.ensure({ name: "data", zone: AWS_ZONE, sizeGb: 20 }, { owner: AWS_OWNER });
  const row = anAwsRow({ volumes: [{ name: "data" }] });
  await provider.create(row.request());
  await world.clock.advance(60_000);
  const [found] = (await row.look(provider)).machines;
  world.layer.refusals.push(["AttachVolume", "InvalidParameterValue"]);
  const finish = () => provider.create(row.request({ found }));
  await assert.rejects(finish(), expectProviderError("conflict", /\/dev\/sdf of machine .* may be taken/));
  await finish();
  assert.equal((await provider.volumes!.find("data", AWS_ZONE))?.machine, found!.id);
});

/** Somebody had the volume outlive its machine, and an interface of it hangs on nothing. */
async function leaveParts(console: Awaited<ReturnType<typeof anAwsWorld>>["console"], machine: string) {
  const filters = [{ Name: "instance-id", Values: [machine] }];
  const { Reservations } = await console.describeInstances({ Filters: filters });
  const { BlockDeviceMappings, NetworkInterfaces, Tags } = Reservations![0]!.Instances![0]!;
  const [{ DeviceName }] = BlockDeviceMappings! as [{ DeviceName: string }];
  await console.modifyInstanceAttribute({
    InstanceId: machine,
    BlockDeviceMappings: [{ DeviceName, Ebs: { DeleteOnTermination: false } }],
  });
  await console.createNetworkInterface({
    SubnetId: NetworkInterfaces![0]!.SubnetId,
    TagSpecifications: [{ ResourceType: "network-interface", Tags: Tags!.slice(0, 2) }],
  });
}
