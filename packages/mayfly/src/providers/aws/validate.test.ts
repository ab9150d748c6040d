import assert from "node:assert/strict";
import { test } from "node:test";
import type { InstanceSpec } from "../../lifecycle/instance.ts";
import { aPublicKey } from "../../testing/a-public-key.ts";
import { anAwsRow } from "../../testing/aws-row.ts";
import { anAwsWorld, AWS_ZONE } from "../../testing/aws-world.ts";
import { startMoto } from "../../testing/moto.ts";

const moto = await startMoto();
const skip = moto === undefined ? "moto cannot be had" : false;

async function told(spec: Partial<InstanceSpec>): Promise<string[]> {
  const world = await anAwsWorld(moto!);
  const problems = await world.provider().validate!(anAwsRow(spec).request().spec);
  return problems.map(({ path, message, suggestion }) => `${path}: ${message}; ${suggestion}`);
}

test("a request that EC2 can carry out has no problem", { skip }, async () => {
  assert.deepEqual(await told({ sshKeys: [{ name: "key-1", publicKey: aPublicKey() }] }), []);
  assert.deepEqual(await told({ type: "t4g.nano", rootVolumeGb: 20 }), []);
  assert.deepEqual(await told({ network: "not-made-yet" }), []);
});

test("every problem of a request is told at once, with what could have been meant", { skip }, async () => {
  const problems = await told({
    zone: "us-east-1z",
    type: "t3.mirco",
    image: "debian-21",
    ipv6: true,
    rootVolumeGb: 1,
    securityGroup: "defualt",
    userData: "<powershell>",
    volumes: [{ name: "data" }],
    sshKeys: [
      { name: "key-1", publicKey: "ecdsa-sha2-nistp256 AAAA" },
      { name: "key-2", publicKey: aPublicKey() },
    ],
    tags: ["aws:mine"],
  });
  for (const expected of [
    /^zone: zone us-east-1z is unknown; did you mean us-east-1/,
    /^type: type t3.mirco is unknown in us-east-1; did you mean t3.micro/,
    /^image: image debian-21 is unknown; did you mean debian-1/,
    /^ipv6: the default subnet of us-east-1a has no IPv6 range; /,
    /^securityGroup: security group defualt is unknown in vpc-\w+; did you mean default/,
    /^userData: user data that is not for cloud-init cannot be joined with mayfly-keys; /,
    /^volumes.0: volume data is unknown in us-east-1a; /,
    /^sshKeys: aws takes no key of the kind ecdsa-sha2-nistp256 as the first one; /,
    /^tags: a tag that begins with aws: is Amazon's; /,
  ])
    assert.ok(
      problems.some((problem) => expected.test(problem)),
      `${expected} in ${problems.join("\n")}`,
    );
});

test("what a guest is to do that it cannot is told", { skip }, async () => {
  assert.deepEqual(
    await told({ failsafe: true, ready: "cloud-init", tags: ["course:a", "team=red/blue"] }),
    [],
  );
  assert.match(
    (await told({ failsafe: true, tags: ["my team=red", "a/b", "ok"] })).join(),
    /^tags: a guest that is to read its deadline cannot have a tag with the key my team, a.b; .*--no-failsafe/,
  );
  assert.deepEqual(await told({ tags: ["my team=red", "a/b"] }), []);
  assert.match(
    (await told({ type: "t2.nano", ready: "cloud-init" })).join(),
    /^ready: a machine of type t2.nano cannot report about itself: it is not on the Nitro hypervisor; use ssh/,
  );
  assert.match(
    (await told({ failsafe: true, userData: "<powershell>" })).join(),
    /^userData: user data that is not for cloud-init cannot be joined with mayfly-failsafe; /,
  );
});

test("user data that is too long is told", { skip }, async () =>
  assert.match(
    (await told({ userData: "x".repeat(16_385) })).join(),
    /^userData: user data has 16385 bytes, at most 16384 fit; /,
  ),
);

test("a volume that stood before has to be there, and free", { skip }, async () => {
  const world = await anAwsWorld(moto!);
  const provider = world.provider();
  const problems = async () =>
    (await provider.validate!(anAwsRow({ volumes: [{ name: "data" }] }).request().spec)).map(
      ({ path, message }) => `${path}: ${message}`,
    );
  const wanted = { name: "data", zone: AWS_ZONE, sizeGb: 20 };
  const { id } = await provider.volumes!.ensure(wanted, { owner: "own-1" });
  assert.deepEqual(await problems(), []);
  const row = anAwsRow();
  await provider.create(row.request());
  await world.clock.advance(60_000);
  await provider.volumes!.attach(id, row.footprint.machine!, AWS_ZONE);
  assert.deepEqual(await problems(), [`volumes.0: volume data is held by machine ${row.footprint.machine}`]);
});

test("a root volume that the image does not fit into is told", { skip }, async () => {
  assert.match(
    (await told({ rootVolumeGb: 1 })).join(),
    /^rootVolumeGb: .*too small for ubuntu-24.04; at least 17 GB/,
  );
});

test("the catalogue says what types there are, and what the list says that they cost", { skip }, async () => {
  const world = await anAwsWorld(moto!);
  const { types, images } = world.provider().catalog!;
  const all = await types(AWS_ZONE);
  assert.ok(all.length > 300);
  const nano = all.find(({ name }) => name === "t2.nano");
  assert.deepEqual(nano, {
    name: "t2.nano",
    vcpus: 1,
    memoryGib: 0.5,
    arch: "x86_64",
    priceMicrosPerHour: 5_800,
    currency: "USD",
    pricesOf: "2025-12",
    available: true,
  });
  assert.equal(all.find(({ name }) => name === "t4g.medium")?.arch, "arm64");
  const unpriced = all.filter(({ priceMicrosPerHour }) => priceMicrosPerHour === undefined);
  assert.ok(unpriced.length > 0 && unpriced.every(({ pricesOf }) => pricesOf === undefined));
  assert.deepEqual(
    (await images(AWS_ZONE)).map(({ label }) => label),
    ["ubuntu-24.04", "ubuntu-22.04", "debian-13", "debian-12", "al2023"],
  );
});

test(
  "what an instance costs an hour is of the dated list: its type, its address, its disks",
  { skip },
  async () => {
    const world = await anAwsWorld(moto!);
    const { spec } = anAwsRow({ type: "t2.nano", rootVolumeGb: 20, ipv4: true }).request();
    // 20 GB are 19 GiB, at $0.08 a month of 730 hours.
    assert.deepEqual(await world.provider().price!(spec), {
      currency: "USD",
      pricesOf: "2025-12",
      machine: 5_800,
      addresses: 5_000,
      volumes: 2_082,
    });
    const unlisted = await world.provider().price!({ ...spec, type: "c4.large" });
    assert.deepEqual([unlisted?.machine, unlisted?.volumes], [undefined, 2_082]);
    assert.equal(await world.provider().price!({ ...spec, zone: "eu-west-1a" }), undefined);
  },
);
