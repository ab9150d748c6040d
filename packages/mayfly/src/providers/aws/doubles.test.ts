import assert from "node:assert/strict";
import { test } from "node:test";
import { aPublicKey } from "../../testing/a-public-key.ts";
import { anAwsRow } from "../../testing/aws-row.ts";
import { anAwsWorld, AWS_ZONE as zone } from "../../testing/aws-world.ts";
import type { AwsWorld } from "../../testing/aws-world.ts";
import { startMoto } from "../../testing/moto.ts";
import { createFirewalls } from "./firewalls.ts";
import { createKeys } from "./keys.ts";
import { createNetworks } from "./networks.ts";
import { createVolumes } from "./volumes.ts";

const moto = await startMoto();
const skip = moto === undefined ? "moto cannot be had" : false;
const BY = { owner: "own-1" };
const PUBLIC_KEY = aPublicKey();
const DATA = { name: "data", zone, sizeGb: 20 };

/** The way to a cloud whose first answer to this question is from before there was anything. */
function late({ layer }: AwsWorld, action: string, list: string) {
  let isLate = true;
  return async (request: Request): Promise<Response> => {
    const asked = new URLSearchParams(await request.clone().text()).get("Action");
    if (!isLate || asked !== action) return layer.fetch(request);
    isLate = false;
    const none = `<${action}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><${list}/></${action}Response>`;
    return new Response(none, { headers: { "content-type": "text/xml" } });
  };
}

/** A create that came before lists showed what one before it had made. */
async function twoVolumes(world: AwsWorld): Promise<{ older: string; younger: string }> {
  const volumes = createVolumes(world.clients());
  await volumes.ensure(DATA, BY);
  const behind = createVolumes(world.clients(late(world, "DescribeVolumes", "volumeSet")));
  const { id: older } = await world.passing(behind.ensure(DATA, BY));
  const [younger, ...more] = (await volumes.list(zone)).filter(({ id }) => id !== older);
  assert.deepEqual(more, []);
  return { older, younger: younger!.id };
}

test(
  "two volumes of one name, which a create that was too early left, go with one delete",
  { skip },
  async () => {
    const world = await anAwsWorld(moto!);
    const { older } = await twoVolumes(world);
    const volumes = createVolumes(world.clients());
    assert.equal((await volumes.find("data", zone))?.id, older);
    assert.equal((await volumes.ensure(DATA, BY)).id, older);
    await world.passing(volumes.delete(older, zone));
    assert.deepEqual(await volumes.list(zone), []);
  },
);

test("a volume whose double is deleted by its id stays", { skip }, async () => {
  const world = await anAwsWorld(moto!);
  const { older, younger } = await twoVolumes(world);
  const volumes = createVolumes(world.clients());
  await world.passing(volumes.delete(younger, zone));
  assert.deepEqual(
    (await volumes.list(zone)).map(({ id }) => id),
    [older],
  );
});

test("a double that a machine has had may hold what somebody wrote, and stays", { skip }, async () => {
  const world = await anAwsWorld(moto!);
  const { older, younger } = await twoVolumes(world);
  const volumes = createVolumes(world.clients());
  const row = anAwsRow();
  await world.provider().create(row.request());
  await world.clock.advance(60_000);
  await volumes.attach(younger, row.footprint.machine!, zone);
  await volumes.detach(younger, zone);
  await world.passing(volumes.delete(older, zone));
  assert.equal((await volumes.find("data", zone))?.id, younger);
});

test("two networks of one name go with one delete", { skip }, async () => {
  const world = await anAwsWorld(moto!);
  const networks = createNetworks(world.clients());
  const before = (await networks.list(zone)).length;
  await networks.ensure({ name: "lab", zone }, BY);
  const behind = createNetworks(world.clients(late(world, "DescribeSubnets", "subnetSet")));
  const { id } = await world.passing(behind.ensure({ name: "lab", zone }, BY));
  assert.equal((await networks.list(zone)).length, before + 2);
  await world.passing(networks.delete(id, zone));
  assert.equal((await networks.list(zone)).length, before);
});

test(
  "a firewall and a key that a late list does not show are there once all the same",
  { skip },
  async () => {
    const world = await anAwsWorld(moto!);
    const firewall = await createFirewalls(world.clients()).ensure({ name: "lab", zone }, BY);
    const groups = createFirewalls(world.clients(late(world, "DescribeSecurityGroups", "securityGroupInfo")));
    assert.equal((await world.passing(groups.ensure({ name: "lab", zone }, BY))).id, firewall.id);
    const wanted = { name: "lab", zone, publicKey: PUBLIC_KEY };
    const key = await createKeys(world.clients()).ensure(wanted, BY);
    const keys = createKeys(world.clients(late(world, "DescribeKeyPairs", "keySet")));
    assert.equal((await world.passing(keys.ensure(wanted, BY))).id, key.id);
  },
);

test(
  "a key that somebody else made under the name of one that we delete is not deleted",
  { skip },
  async () => {
    const world = await anAwsWorld(moto!);
    const wanted = { name: "lab", zone, publicKey: PUBLIC_KEY };
    const { id } = await createKeys(world.clients()).ensure(wanted, BY);
    const others = { KeyName: "lab", PublicKeyMaterial: Buffer.from(aPublicKey()) };
    const meanwhile = createKeys(
      world.clients(async (request) => {
        if ((await request.clone().text()).includes("Action=DeleteKeyPair")) {
          await world.console.deleteKeyPair({ KeyName: "lab" });
          await world.console.importKeyPair(others);
        }
        return world.layer.fetch(request);
      }),
    );
    assert.equal(await meanwhile.discard(id, zone), "gone");
    const { KeyPairs = [] } = await world.console.describeKeyPairs({});
    assert.deepEqual(
      KeyPairs.map(({ KeyName, KeyPairId }) => [KeyName, KeyPairId === id]),
      [["lab", false]],
    );
  },
);
