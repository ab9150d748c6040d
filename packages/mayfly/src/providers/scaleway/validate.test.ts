import assert from "node:assert/strict";
import { test } from "node:test";
import { createEmulator } from "@mayfly/emulator";
import type { InstanceSpec } from "../../lifecycle/instance.ts";
import { createScalewayProvider } from "./scaleway.ts";

const SPEC: InstanceSpec = {
  version: 1,
  zone: "fr-par-1",
  type: "DEV1-S",
  image: "ubuntu-24.04",
  ipv4: true,
  ipv6: false,
  tags: [],
  ready: "cloud",
};

function aProvider() {
  const now = Date.UTC(2026, 10, 21);
  const emulator = createEmulator({ now: () => now, seed: 1 });
  const provider = createScalewayProvider({
    credentials: {
      accessKey: "SCWABCDEFGHIJKLMNOPQ",
      secretKey: "11111111-2222-4333-8444-555555555555",
      projectId: "105bdce1-64c0-48ab-899d-868455867ecf",
    },
    fetch: { read: emulator.fetch, create: emulator.fetch, delete: emulator.fetch },
    clock: { now: () => now, monotonic: () => 0, sleep: () => new Promise(() => {}) },
    random: { bytes: (count) => new Uint8Array(count), fraction: () => 0.5 },
    defaultZone: "fr-par-1",
  });
  const problemsOf = (spec: Partial<InstanceSpec>) => provider.validate!({ ...SPEC, ...spec });
  return { emulator, provider, problemsOf };
}

test("a request that can be fulfilled has no problems, by label, by usual name or by id", async () => {
  const { problemsOf } = aProvider();
  for (const image of ["ubuntu_noble", "ubuntu-24.04"])
    assert.deepEqual(
      await problemsOf({ image, rootVolumeGb: 20, securityGroup: "Default security group" }),
      [],
    );
});

test("all problems are told at once, with what could have been meant", async () => {
  const { problemsOf } = aProvider();
  const problems = await problemsOf({
    type: "DEV1-Z",
    image: "ubuntu_nobel",
    securityGroup: "Default security grup",
    userData: "x".repeat(130_000),
  });
  assert.deepEqual(
    problems.map(({ path }) => path),
    ["type", "image", "securityGroup", "userData"],
  );
  assert.match(problems[0]?.suggestion ?? "", /DEV1-S/);
  assert.match(problems[1]?.suggestion ?? "", /ubuntu_noble/);
  assert.match(problems[2]?.suggestion ?? "", /Default security group/);
});

test("an unknown zone is told with the nearest", async () => {
  const [problem, ...others] = await aProvider().problemsOf({ zone: "fr-par-9" });
  assert.deepEqual([problem?.path, others], ["zone", []]);
  assert.match(problem?.suggestion ?? "", /fr-par-1/);
});

test("a type out of stock is told with others like it", async () => {
  const { provider, problemsOf } = aProvider();
  const types = await provider.catalog!.types("fr-par-1");
  const scarce = types.find(({ available }) => !available);
  assert.ok(scarce, "no type is out of stock");
  const [problem] = await problemsOf({ type: scarce.name });
  assert.equal(problem?.path, "type");
  assert.match(problem?.message ?? "", /out of stock/);
});

test("an image for another architecture is told", async () => {
  const { provider, problemsOf } = aProvider();
  const arm = (await provider.catalog!.types("fr-par-1")).find(({ arch }) => arch === "arm64");
  assert.ok(arm);
  const [problem] = await problemsOf({ image: "openvpn", type: arm.name });
  assert.match(problem?.message ?? "", /openvpn is not made for/);
});

test("an image that is not made for a type is told with those like it that are", async () => {
  const [problem] = await aProvider().problemsOf({ type: "L4-1-24G", image: "ubuntu_noble" });
  assert.equal(problem?.message, "image ubuntu_noble is not made for L4-1-24G in fr-par-1");
  assert.match(problem.suggestion ?? "", /^made for it: ubuntu_noble_gpu_os_12/);
});

test("an id of no image is told with where to find one", async () => {
  const [problem] = await aProvider().problemsOf({ image: "11111111-1111-4111-8111-111111111111" });
  assert.match(problem?.suggestion ?? "", /mayfly images/);
});

test("a root volume out of bounds is told with the bounds", async () => {
  const [problem] = await aProvider().problemsOf({ rootVolumeGb: 20_000 });
  assert.deepEqual([problem?.path, problem?.suggestion], ["rootVolumeGb", "from 1 to 10000 GB"]);
});

test("the catalog shows types with their price, and images; a second look costs nothing", async () => {
  const { emulator, provider } = aProvider();
  const dev = (await provider.catalog!.types("fr-par-1")).find(({ name }) => name === "DEV1-S");
  assert.deepEqual(dev && [dev.vcpus, dev.memoryGib, dev.arch, dev.available], [2, 2, "x86_64", true]);
  assert.ok(dev!.priceMicrosPerHour! > 1_000);
  assert.ok((await provider.catalog!.images("fr-par-1")).some(({ label }) => label === "ubuntu_noble"));
  const { total } = emulator.calls();
  await provider.catalog!.types("fr-par-1");
  await provider.catalog!.images("fr-par-2");
  assert.equal(emulator.calls().total, total);
});

test("user data that fits alone may not fit beside what reports, and is refused before anything is made", async () => {
  const userData = `#!/bin/sh\n${"#".repeat(126_000)}`;
  const { problemsOf } = aProvider();
  assert.deepEqual(await problemsOf({ userData }), []);
  const [problem, ...more] = await problemsOf({ userData, ready: "cloud-init" });
  assert.deepEqual(more, []);
  assert.equal(problem?.path, "userData");
  assert.match(
    problem.message,
    /^user data, with what reports to Mayfly, has 1\d{5} bytes, at most 127998 fit$/,
  );
});

test("the group default is the project's default one, unless a group is named so", async () => {
  const { problemsOf } = aProvider();
  assert.deepEqual(await problemsOf({ securityGroup: "default" }), []);
  const [problem] = await problemsOf({ securityGroup: "Default" });
  assert.match(problem?.message ?? "", /Default is unknown/);
});
