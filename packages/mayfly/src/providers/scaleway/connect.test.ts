import assert from "node:assert/strict";
import { test } from "node:test";
import { createEmulator } from "@mayfly/emulator";
import { emptyFootprint } from "../../lifecycle/instance.ts";
import { createVirtualClock } from "../../testing/virtual-clock.ts";
import { Fenced } from "../fenced.ts";
import { connectScaleway } from "./connect.ts";

const ZONE = "fr-par-1";
const credentials = {
  accessKey: "SCWABCDEFGHIJKLMNOPQ",
  secretKey: "11111111-2222-4333-8444-555555555555",
  projectId: "105bdce1-64c0-48ab-899d-868455867ecf",
};

/** @param places how many calls may ask for their place until another worker has it; each then waits in the queue */
async function createWith(places: number) {
  const clock = createVirtualClock();
  const emulator = createEmulator({ now: clock.now, seed: 1, ...credentials });
  const { provider, limiter } = connectScaleway({
    credentials,
    defaultZone: ZONE,
    clock,
    random: { bytes: (count) => new Uint8Array(count), fraction: () => 0 },
    fetch: (request) => emulator.fetch(request),
    heard: () => {},
  });
  let asked = 0;
  const created = provider.create({
    marks: { owner: "own-1", instanceId: "mf-0123456789ab", expiresAt: Date.UTC(2030, 0, 1) },
    name: "lab",
    spec: {
      version: 1,
      zone: ZONE,
      type: "DEV1-S",
      image: "ubuntu_noble",
      ipv4: true,
      ipv6: true,
      tags: [],
      ready: "cloud",
    },
    footprint: emptyFootprint(ZONE),
    shared: {},
    async made() {},
    fence() {
      asked += 1;
      if (asked > places) throw new Fenced(new Error("another worker is at it"));
      limiter.hold(60_000);
    },
  });
  let isOver = false;
  const over = () => void (isOver = true);
  created.then(over, over);
  while (!isOver) {
    await new Promise((resolve) => setImmediate(resolve));
    await clock.advance(1_000);
  }
  const { machines, addresses } = emulator.leftovers();
  return { created, left: { machines: machines.length, addresses: addresses.length } };
}

test("a call that waited in the limiter until another worker had its place does not go out", async () => {
  for (const [places, left] of [
    [1, { machines: 0, addresses: 0 }],
    [3, { machines: 0, addresses: 1 }],
  ] as const) {
    const late = await createWith(places);
    await assert.rejects(late.created, Fenced);
    assert.deepEqual(late.left, left);
  }
});

test("who keeps its place makes its machine, however long each call waits in the limiter", async () => {
  const { created, left } = await createWith(Infinity);
  await created;
  assert.equal(left.machines, 1);
});
