import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { anAwsRow, AWS_OWNER } from "../../testing/aws-row.ts";
import { aPublicKey } from "../../testing/a-public-key.ts";
import { anAwsWorld, AWS_ZONE } from "../../testing/aws-world.ts";
import type { AwsWorld } from "../../testing/aws-world.ts";
import { expectProviderError } from "../../testing/expect-provider-error.ts";
import { interrupted } from "../../testing/interrupted.ts";
import { startMoto } from "../../testing/moto.ts";
import { Fenced } from "../fenced.ts";
import { connectAws } from "./connect.ts";

const moto = await startMoto();
const skip = moto === undefined ? "moto cannot be had" : false;
const NEWEST = "ami-0aaaaaaaaaaaaaa02";

test("what a machine is made with is what the request says, safe by default", { skip }, async () => {
  const world = await anAwsWorld(moto!);
  const userData = "#cloud-config\npackages: [é]\n";
  const row = anAwsRow({ userData, rootVolumeGb: 20, volumes: [{ name: "data", sizeGb: 30 }] });
  await world.provider().create(row.request({ onExpiry: "delete" }));
  const [instance] = (await world.console.describeInstances({})).Reservations![0]!.Instances!;
  assert.ok(instance);
  assert.equal(instance.ImageId, NEWEST);
  assert.equal(instance.InstanceType, "t3.micro");
  assert.equal(instance.Placement?.AvailabilityZone, AWS_ZONE);
  assert.equal(instance.MetadataOptions?.HttpTokens, "required");
  assert.deepEqual(
    instance.Tags!.map(({ Key, Value }) => `${Key}=${Value}`),
    [
      `mayfly:owner=${AWS_OWNER}`,
      "mayfly:instance=mf-0123456789ab",
      "Name=lab",
      "mayfly:expires=2030-01-01T00:00:00Z",
      "course:a=",
      "team=red",
    ],
  );
  const { Volumes = [] } = await world.console.describeVolumes({});
  assert.deepEqual(Volumes.map(({ Size, VolumeType, Encrypted }) => [Size, VolumeType, Encrypted]).sort(), [
    [19, "gp3", true],
    [28, "gp3", true],
  ]);
  for (const { DeleteOnTermination } of instance.BlockDeviceMappings!.map(({ Ebs }) => Ebs!))
    assert.equal(DeleteOnTermination, true);
  for (const { Tags } of Volumes)
    assert.ok(Tags?.some(({ Key, Value }) => Key === "mayfly:owner" && Value === AWS_OWNER));
  const { UserData } = await world.console.describeInstanceAttribute({
    InstanceId: instance.InstanceId,
    Attribute: "userData",
  });
  assert.equal(Buffer.from(UserData!.Value!, "base64").toString(), userData);
  const { InstanceInitiatedShutdownBehavior: behaviour } = await world.console.describeInstanceAttribute({
    InstanceId: instance.InstanceId,
    Attribute: "instanceInitiatedShutdownBehavior",
  });
  assert.equal(behaviour?.Value, "stop");
  await row.expectGone(world.provider(), (ms) => world.clock.advance(ms));
  assert.deepEqual(await world.left(), { machines: 0, volumes: 0, addresses: 0 });
});

test(
  "an image's name means its owner's newest build for the type's processor, and nobody else's",
  { skip },
  async () => {
    const world = await anAwsWorld(moto!);
    for (const [type, image, id] of [
      ["t3.micro", "ubuntu-24.04", NEWEST],
      ["t4g.nano", "ubuntu-24.04", "ami-0aaaaaaaaaaaaaa04"],
      ["t3.micro", "debian-12", "ami-0bbbbbbbbbbbbbb01"],
      ["t3.micro", "al2023", "ami-0cccccccccccccc01"],
      ["t3.micro", "ami-0aaaaaaaaaaaaaa01", "ami-0aaaaaaaaaaaaaa01"],
    ] as const) {
      const row = anAwsRow({ type, image }, `mf-${type}-${image}`);
      await world.provider().create(row.request());
      const filters = [{ Name: "instance-id", Values: [row.footprint.machine!] }];
      const { Reservations } = await world.console.describeInstances({ Filters: filters });
      assert.equal(Reservations?.[0]?.Instances?.[0]?.ImageId, id);
    }
    const refused = (spec: object, says: RegExp) =>
      assert.rejects(
        world.provider().create(anAwsRow(spec).request()),
        expectProviderError("invalid_input", says),
      );
    await refused({ image: "ubuntu-24.10" }, /image ubuntu-24.10 is unknown; did you mean ubuntu-24.04/);
    await refused({ image: "debian-12", type: "t4g.nano" }, /debian-12 has no build for arm64/);
    await refused({ type: "t3.huge" }, /type t3.huge is unknown in us-east-1/);
    await refused({ securityGroup: "web" }, /security group web is unknown in vpc-/);
    await refused({ userData: "x".repeat(16_385) }, /has 16385 bytes, at most 16384 fit/);
  },
);

test(
  "a repeat of an attempt whose machine no list shows yet is answered that machine",
  { skip },
  async () => {
    const world = await anAwsWorld(moto!);
    world.layer.visibilityGapMs = 600_000;
    const [lost, again] = [anAwsRow(), anAwsRow()];
    await interrupted(world.layer.fetch, { call: 5, how: "lost" }, (send) =>
      world.provider(send).create(lost.request({ attempt: 1 })),
    );
    assert.equal(world.layer.calls.get("RunInstances"), 1);
    assert.deepEqual((await lost.look(world.provider())).machines, []);
    await world.provider().create(again.request({ attempt: 1 }));
    assert.equal(world.layer.calls.get("RunInstances"), 2);
    assert.equal((await world.left()).machines, 1);
    await world.clock.advance(600_000);
    const [machine] = (await lost.look(world.provider())).machines;
    assert.equal(machine?.id, again.footprint.machine);
  },
);

test(
  "an attempt that is not the same as its token says has happened: it is looked for",
  { skip },
  async () => {
    const world = await anAwsWorld(moto!);
    await world.provider().create(anAwsRow().request());
    await assert.rejects(
      world.provider().create(anAwsRow({ image: "debian-12" }).request()),
      expectProviderError("unavailable", /no answer to rely on/),
    );
    await world.provider().create(anAwsRow({ image: "debian-12" }).request({ attempt: 2 }));
    assert.equal((await world.left()).machines, 2);
  },
);

test(
  "a machine that nobody sees yet, though its create was accepted, is left to be seen",
  { skip },
  async () => {
    const world = await anAwsWorld(moto!);
    world.layer.visibilityGapMs = 60_000;
    const row = anAwsRow();
    await world.provider().create(row.request());
    await world.provider().create(row.request());
    assert.equal(world.layer.calls.get("RunInstances"), 1);
  },
);

test("who lost its place makes nothing", { skip }, async () => {
  const world = await anAwsWorld(moto!);
  const fence = () => {
    throw new Error("another worker is at it");
  };
  await assert.rejects(world.provider().create(anAwsRow().request({ fence })), /another worker is at it/);
  assert.equal(world.layer.calls.get("RunInstances"), undefined);
});

test("who lost its place while its call waited in the limiter makes nothing", { skip }, async () => {
  const { clock, layer, passing } = await anAwsWorld(moto!);
  const { provider, limiter } = connectAws({
    credentials: { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "secret" },
    region: "us-east-1",
    endpoint: moto!.url,
    clock,
    random: { bytes: (count) => new Uint8Array(count), fraction: () => 0 },
    fetch: layer.fetch,
    heard: () => {},
  });
  let asked = 0;
  const fence = () => {
    asked += 1;
    if (asked > 1) throw new Fenced(new Error("another worker is at it"));
    limiter.hold(60_000);
  };
  await assert.rejects(passing(provider.create(anAwsRow().request({ fence }))), Fenced);
  assert.equal(layer.calls.get("RunInstances"), undefined);
});

test("what the cloud refuses is named by what to do next", { skip }, async () => {
  const world = await anAwsWorld(moto!);
  for (const [code, named] of [
    ["InsufficientInstanceCapacity", "insufficient_capacity"],
    ["VcpuLimitExceeded", "quota_exceeded"],
    ["RequestLimitExceeded", "rate_limited"],
    ["InternalError", "unavailable"],
    ["UnauthorizedOperation", "unauthorized"],
    ["InvalidParameterCombination", "invalid_input"],
    ["InvalidSubnetID.NotFound", "conflict"],
  ] as const) {
    world.layer.refusals.push(["RunInstances", code]);
    await assert.rejects(
      world.provider().create(anAwsRow().request()),
      expectProviderError(named, /^create mf-0123456789ab on aws us-east-1a: /),
    );
  }
  assert.deepEqual(await world.left(), { machines: 0, volumes: 0, addresses: 0 });
});

async function madeWith(world: AwsWorld, id: string) {
  const attribute = async (Attribute: "userData" | "instanceInitiatedShutdownBehavior") =>
    world.console.describeInstanceAttribute({ InstanceId: id, Attribute });
  const filters = [{ Name: "instance-id", Values: [id] }];
  const { Reservations } = await world.console.describeInstances({ Filters: filters });
  const { UserData } = await attribute("userData");
  const { InstanceInitiatedShutdownBehavior: behaviour } = await attribute(
    "instanceInitiatedShutdownBehavior",
  );
  return {
    instance: Reservations![0]!.Instances![0]!,
    userData: Buffer.from(UserData?.Value ?? "", "base64").toString(),
    shutdown: behaviour?.Value,
  };
}

test(
  "a machine with a failsafe reads its deadline, and ends by its own shutdown as its deadline says",
  { skip },
  async () => {
    const world = await anAwsWorld(moto!);
    for (const [onExpiry, type, shutdown, notBeforeS] of [
      ["delete", "t3.micro", "terminate", 0],
      // Its guest may not see that its deadline moved: it waits for the last one that there can be.
      ["stop", "t2.nano", "stop", Date.UTC(2030, 0, 8) / 1000],
    ] as const) {
      const row = anAwsRow({ failsafe: true, type }, `mf-${type}`);
      await world.provider().create(row.request({ onExpiry }));
      const made = await madeWith(world, row.footprint.machine!);
      assert.equal(made.shutdown, shutdown);
      assert.equal(made.instance.MetadataOptions?.InstanceMetadataTags, "enabled");
      assert.equal(made.instance.MetadataOptions?.HttpTokens, "required");
      assert.match(made.userData, new RegExp(`\nNOT_BEFORE_S = ${notBeforeS}\n`));
    }
    const without = anAwsRow();
    await world.provider().create(without.request({ onExpiry: "delete" }));
    const made = await madeWith(world, without.footprint.machine!);
    assert.deepEqual([made.shutdown, made.userData], ["stop", ""]);
    assert.equal(made.instance.MetadataOptions?.InstanceMetadataTags, "disabled");
  },
);

test(
  "a machine's first key is its key pair, and all of several go in by its user data",
  { skip },
  async () => {
    const world = await anAwsWorld(moto!);
    const provider = world.provider();
    const sshKeys = [aPublicKey(), "ecdsa-sha2-nistp256 AAAAE2 eve"].map((publicKey, at) => ({
      name: `key-${at}`,
      publicKey,
    }));
    assert.equal(provider.keys!.mostPerMachine, 1);
    await provider.keys!.ensure({ ...sshKeys[0]!, zone: AWS_ZONE }, { owner: AWS_OWNER, onDemand: true });
    const row = anAwsRow({ sshKeys });
    await provider.create(row.request());
    const { instance, userData } = await madeWith(world, row.footprint.machine!);
    assert.equal(instance.KeyName, "key-0");
    for (const { publicKey } of sshKeys) assert.ok(userData.includes(publicKey));
  },
);

test("neither provider nor error shows a secret or user data", { skip }, async () => {
  const world = await anAwsWorld(moto!);
  world.layer.refusals.push(["RunInstances", "InvalidParameterValue"]);
  const provider = world.provider();
  const error: unknown = await provider
    .create(anAwsRow({ userData: "password: hunter2" }).request())
    .catch((caught: unknown) => caught);
  const shown = inspect([provider, error], { depth: 20, showHidden: true });
  assert.match(shown, /invalid_input/);
  assert.doesNotMatch(shown, /hunter2|EXAMPLEKEY/);
  assert.ok(!shown.includes(Buffer.from("hunter2").toString("base64").slice(0, 6)));
});
