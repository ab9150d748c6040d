import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { seededRandom } from "../../testing/seeded-random.ts";
import { createVirtualClock } from "../../testing/virtual-clock.ts";
import { ProviderError } from "../error.ts";
import type { Named, Resources } from "../resources/resources.ts";
import { createFakeCloud } from "./fake-cloud.ts";
import type { FakeCloud } from "./fake-cloud.ts";
import { createFakeProvider } from "./fake.ts";
import { fakeResources } from "./resources.ts";

const ZONE = "fake-1";
const KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ6Yb4mP3p0xw8vFZ4rMOHb2o8xEo6S1fOgvWq2kBf0B me";
const by = { owner: "us" };
const world = () => createFakeCloud({ clock: createVirtualClock(), random: seededRandom(1) });
let cloud = world();
let provider = fakeResources(cloud);

beforeEach(() => {
  cloud = world();
  provider = fakeResources(cloud);
});

const refused = (code: ProviderError["code"], message: RegExp) => (error: unknown) => {
  assert.ok(error instanceof ProviderError && error.code === code, String(error));
  assert.match(error.message, message);
  return true;
};

interface Kind {
  port: (of: FakeCloud) => Resources<Named, { name: string; zone: string }>;
  place: string;
  wanted: { name: string; zone: string };
  otherwise: { name: string; zone: string };
}

const kind = <T extends Named, W extends { name: string; zone: string }>(
  port: (of: FakeCloud) => Resources<T, W>,
  place: string,
  [wanted, otherwise]: [Omit<W, "name" | "zone">, Omit<W, "name" | "zone">],
): Kind => ({
  port: port as unknown as Kind["port"],
  place,
  wanted: { name: "lab", zone: ZONE, ...wanted },
  otherwise: { name: "lab", zone: ZONE, ...otherwise },
});

const kinds: Record<string, Kind> = {
  network: kind((of) => fakeResources(of).networks, "fake", [
    { subnet: "10.0.1.0/24" },
    { subnet: "10.0.2.0/24" },
  ]),
  firewall: kind((of) => fakeResources(of).firewalls, ZONE, [{}, { rules: [] }]),
  volume: kind((of) => fakeResources(of).volumes, ZONE, [{ sizeGb: 20 }, { sizeGb: 20, iops: 15_000 }]),
  key: kind((of) => fakeResources(of).keys, "everywhere", [
    { publicKey: KEY },
    { publicKey: KEY.replace("xw8v", "xw9v") },
  ]),
};

for (const [what, { port, place, wanted, otherwise }] of Object.entries(kinds)) {
  test(`a ${what} is made once, found by name and id, and deleted once and again`, async () => {
    const things = port(cloud);
    const made = await things.ensure(wanted, by);
    assert.deepEqual([made.name, made.place, made.owner, made.onDemand], ["lab", place, "us", false]);
    assert.deepEqual(await things.ensure(wanted, by), made);
    assert.deepEqual(await things.list(ZONE), [made]);
    for (const reference of ["lab", made.id]) assert.deepEqual(await things.find(reference, ZONE), made);
    assert.equal(await things.find("la", ZONE), undefined);
    for (const _ of [1, 2]) await things.delete(made.id, ZONE);
    assert.deepEqual(await things.list(ZONE), []);
    assert.equal(cloud.named.size, 0);
  });

  test(`a ${what} that is there and not as wanted is refused and stays as it is`, async () => {
    const things = port(cloud);
    const made = await things.ensure(wanted, by);
    await assert.rejects(things.ensure(otherwise, by), refused("invalid_input", /lab on fake: it is there/));
    assert.deepEqual(await things.list(ZONE), [made]);
  });

  test(`a ${what} whose making was answered by nobody is found by the repeat`, async () => {
    const cut = new ProviderError("unavailable", "the connection was cut");
    const losing: FakeCloud = {
      ...cloud,
      async makeNamed(...request) {
        await cloud.makeNamed(...request);
        throw cut;
      },
    };
    await assert.rejects(port(losing).ensure(wanted, by), cut);
    await port(cloud).ensure(wanted, by);
    assert.equal(cloud.named.size, 1);
  });

  test(`no ${what} is made behind a fence, and none when the cloud refuses`, async () => {
    const fence = () => {
      throw new Error("another worker");
    };
    await assert.rejects(port(cloud).ensure(wanted, { ...by, fence }), /another worker/);
    cloud.knobs.nextError = new ProviderError("quota_exceeded", "enough");
    await assert.rejects(port(cloud).ensure(wanted, by), refused("quota_exceeded", /enough/));
    assert.equal(cloud.named.size, 0);
  });

  test(`a ${what} that an instance wanted stays once somebody asks for it by itself`, async () => {
    const things = port(cloud);
    const onDemand = { ...by, onDemand: true };
    const made = await things.ensure(wanted, onDemand);
    assert.deepEqual([made.onDemand, await things.ensure(wanted, onDemand)], [true, made]);
    const kept = { ...made, onDemand: false };
    assert.deepEqual(await things.ensure(wanted, by), kept);
    assert.deepEqual(await things.ensure(wanted, onDemand), kept);
    assert.deepEqual(await things.list(ZONE), [kept]);
  });

  test(`a ${what} that goes with another installation's last instance is not relied on`, async () => {
    const things = port(cloud);
    await things.ensure(wanted, { owner: "them", onDemand: true });
    for (const onDemand of [true, false])
      await assert.rejects(
        things.ensure(wanted, { ...by, onDemand }),
        refused("invalid_input", /until them/),
      );
  });

  test(`a name that two ${what}s have is theirs only while both are ours`, async () => {
    const things = port(cloud);
    const made = await things.ensure(wanted, by);
    const twin = { ...cloud.named.get(made.id)!, id: "twin" };
    cloud.named.set("twin", twin);
    assert.equal((await things.find("lab", ZONE))?.id, made.id);
    delete twin.owner;
    await assert.rejects(things.find("lab", ZONE), refused("invalid_input", /2 .* give an id/));
    await assert.rejects(things.ensure(wanted, by), refused("invalid_input", /give an id/));
    assert.equal((await things.find("twin", ZONE))?.owner, undefined);
  });
}

test("ids follow from the seed, and things outlive a provider", async () => {
  const [clock, again] = [createVirtualClock(), world()];
  const made = await createFakeProvider(cloud, clock).keys!.ensure(
    { name: "me", zone: ZONE, publicKey: KEY },
    by,
  );
  const other = await createFakeProvider(again, clock).keys!.ensure(
    { name: "me", zone: ZONE, publicKey: KEY },
    by,
  );
  assert.equal(made.id, other.id);
  assert.deepEqual(await createFakeProvider(cloud, clock).keys!.list(ZONE), [made]);
});

test("a firewall lets SSH in unless told otherwise, and its rules change all at once", async () => {
  const { firewalls } = provider;
  const { id, rules } = await firewalls.ensure({ name: "web", zone: ZONE }, by);
  assert.deepEqual(
    rules.map(({ range, ports }) => [range, ports]),
    [
      ["0.0.0.0/0", [22, 22]],
      ["::/0", [22, 22]],
    ],
  );
  await firewalls.setRules(id, ZONE, []);
  assert.deepEqual((await firewalls.find("web", ZONE))?.rules, []);
  await assert.rejects(firewalls.setRules("nobody", ZONE, []), refused("invalid_input", /not there/));
});

test("a network has a subnet that is one, and no VPC but the default", async () => {
  const { networks } = provider;
  const { subnets } = await networks.ensure({ name: "lab", zone: ZONE }, by);
  assert.match(subnets[0]!, /^10\.\d+\.(\d+)\.0\/20$/);
  await assert.rejects(
    networks.ensure({ name: "other", zone: ZONE, vpc: "corp" }, by),
    refused("invalid_input", /no VPC corp/),
  );
});

test("a key has the fingerprint that ssh-keygen shows", async () => {
  const key = await provider.keys.ensure({ name: "me", zone: ZONE, publicKey: KEY }, by);
  assert.match(key.fingerprint, /^SHA256:[A-Za-z0-9+/]{43}$/);
});

test("a volume is attached to one machine at a time, and free when that machine is gone", async () => {
  const { volumes } = provider;
  const { id, state } = await volumes.ensure({ name: "data", zone: ZONE, sizeGb: 20 }, by);
  assert.equal(state, "ready");
  const marks = { owner: "us", instanceId: "mf-000000000001", expiresAt: 0 };
  const make = () => cloud.createMachine({ marks, name: "lab", zone: ZONE, addresses: [] });
  const [one, two] = [await make(), await make()];

  for (const _ of [1, 2]) assert.equal((await volumes.attach(id, one.id, ZONE)).machine, one.id);
  await assert.rejects(volumes.attach(id, two.id, ZONE), refused("conflict", /holds it/));
  for (const _ of [1, 2]) assert.equal((await volumes.detach(id, ZONE)).machine, undefined);
  await assert.rejects(volumes.attach(id, "nobody", ZONE), refused("invalid_input", /no such machine/));

  await volumes.attach(id, two.id, ZONE);
  await cloud.deleteMachine(two.id);
  const left = await volumes.find("data", ZONE);
  assert.deepEqual([left?.state, left?.machine], ["ready", undefined]);
});

test("a volume only grows, and a snapshot of one name is taken once", async () => {
  const { volumes } = provider;
  const { id } = await volumes.ensure({ name: "data", zone: ZONE, sizeGb: 20 }, by);
  for (const _ of [1, 2]) assert.equal((await volumes.resize(id, 30, ZONE)).sizeGb, 30);
  await assert.rejects(volumes.resize(id, 20, ZONE), refused("invalid_input", /30 GB already/));
  const snapshot = await volumes.snapshot(id, "before", ZONE, by);
  assert.equal(await volumes.snapshot(id, "before", ZONE, by), snapshot);
  assert.notEqual(await volumes.snapshot(id, "after", ZONE, by), snapshot);
  await assert.rejects(volumes.resize("nobody", 1, ZONE), refused("invalid_input", /not there/));
});
