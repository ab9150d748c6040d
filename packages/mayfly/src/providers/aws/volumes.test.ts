import assert from "node:assert/strict";
import { test } from "node:test";
import { anAwsRow } from "../../testing/aws-row.ts";
import { anAwsWorld, AWS_ZONE as ZONE } from "../../testing/aws-world.ts";
import { interrupted } from "../../testing/interrupted.ts";
import { startMoto } from "../../testing/moto.ts";
import { describeVolumes } from "../resources/volume-contract.ts";
import { createVolumes } from "./volumes.ts";

const moto = await startMoto();
const skip = moto === undefined ? "moto cannot be had" : false;
const BY = { owner: "own-1" };
const WANTED = { name: "data", zone: ZONE, sizeGb: 20 };

async function aWorld() {
  const world = await anAwsWorld(moto!);
  return { world, volumes: createVolumes(world.clients()) };
}

if (moto)
  describeVolumes("a volume on aws", async () => {
    const { world, volumes } = await aWorld();
    let machines = 0;
    return {
      zone: ZONE,
      volumes,
      passing: world.passing,
      nobody: { volume: "vol-0123456789abcdef0", machine: "i-0123456789abcdef0" },
      async aMachine() {
        const row = anAwsRow({}, `mf-00000000000${++machines}`);
        await world.provider().create(row.request());
        await world.clock.advance(60_000);
        return row.footprint.machine!;
      },
    };
  });

test("a volume is encrypted, and of the kind whose price is known", { skip }, async () => {
  const { world, volumes } = await aWorld();
  const { id, iops } = await volumes.ensure(WANTED, BY);
  const { Volumes = [] } = await world.console.describeVolumes({ VolumeIds: [id] });
  assert.deepEqual([iops, Volumes[0]?.Encrypted, Volumes[0]?.VolumeType], [3000, true, "gp3"]);
});

test("what was made for one instance alone is nobody's volume", { skip }, async () => {
  const { world, volumes } = await aWorld();
  await world.provider().create(anAwsRow({ volumes: [{ name: "data", sizeGb: 20 }] }).request());
  assert.deepEqual(await volumes.list(ZONE), []);
  assert.equal(await volumes.find("lab", ZONE), undefined);
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
