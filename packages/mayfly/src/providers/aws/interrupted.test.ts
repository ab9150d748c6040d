import assert from "node:assert/strict";
import { test } from "node:test";
import { anAwsRow } from "../../testing/aws-row.ts";
import { anAwsWorld } from "../../testing/aws-world.ts";
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
