import assert from "node:assert/strict";
import { test } from "node:test";
import { createEmulator } from "@mayfly/emulator";
import { createScaleway } from "@mayfly/scaleway";
import { imageAliases, imageLabel } from "./image-alias.ts";
import { createImages } from "./images.ts";
import { Refused } from "../refused.ts";

function theMarket() {
  const now = Date.UTC(2026, 10, 21);
  const emulator = createEmulator({ now: () => now, seed: 1 });
  const clock = { now: () => now, monotonic: () => 0, sleep: () => new Promise<void>(() => {}) };
  const scaleway = createScaleway({
    credentials: {
      accessKey: "SCWABCDEFGHIJKLMNOPQ",
      secretKey: "11111111-2222-4333-8444-555555555555",
      projectId: "105bdce1-64c0-48ab-899d-868455867ecf",
    },
    fetch: emulator.fetch,
    clock,
    random: { fraction: () => 0.5 },
  });
  return createImages(scaleway, clock);
}

const [type, zone] = ["DEV1-S", "fr-par-1"];

for (const [said, label] of Object.entries({
  ...imageAliases,
  "fedora-42": "fedora_42",
  "fedora-43": "fedora_43",
  "rockylinux-8": "rockylinux_8",
  "rockylinux-9": "rockylinux_9",
  "almalinux-8": "almalinux_8",
  "almalinux-9": "almalinux_9",
  "centos-stream-9": "centos_stream_9",
  "Ubuntu-24.04": "ubuntu_noble",
}))
  test(`${said} is the image ${label} of the marketplace`, async () => {
    const images = theMarket();
    assert.equal(imageLabel(said), label);
    await images.assertKnown(said);
    const image = await images.resolve({ image: said, type, zone });
    assert.deepEqual(image, await images.resolve({ image: label, type, zone }));
  });

for (const label of ["ubuntu_noble", "docker", "a-label-with-9", "constructor", "__proto__"])
  test(`${label} is taken for a label`, () => assert.equal(imageLabel(label), label));

for (const [image, meant] of Object.entries({
  "ubuntu-24.4": /ubuntu-24\.04/,
  "fedora-99": /fedora_4/,
  "debian-1": /debian-1[123]/,
  constructor: /mayfly images/,
}))
  test(`an image ${image} that is not there is refused with what could have been meant`, async () => {
    const images = theMarket();
    for (const asked of [images.assertKnown(image), images.resolve({ image, type, zone })])
      await assert.rejects(asked, (error) => {
        assert.ok(error instanceof Refused);
        assert.match(`${error.message}: ${error.suggestion}`, new RegExp(`image ${image} is unknown`));
        assert.match(error.suggestion ?? "", meant);
        return true;
      });
  });
