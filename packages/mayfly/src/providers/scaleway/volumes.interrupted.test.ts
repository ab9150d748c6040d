import assert from "node:assert/strict";
import { test } from "node:test";
import { interrupted } from "../../testing/interrupted.ts";
import { aVolumeWorld } from "../../testing/volume-world.ts";
import type { VolumeWorld } from "../../testing/volume-world.ts";
import type { Volumes } from "../resources/volumes.ts";
import { createVolumes } from "./volumes.ts";

const ZONE = "fr-par-1";
const BY = { owner: "own-1" };
const WANTED = { name: "data", zone: ZONE, sizeGb: 20 };
const SNAPSHOTS = `/block/v1/zones/${ZONE}/snapshots`;

interface Scene {
  world: VolumeWorld;
  server: { id: string; volumes: string[] };
  /** A volume that stands ready. */
  volume: string;
}

async function aScene(attached: boolean): Promise<Scene> {
  const world = aVolumeWorld();
  const server = await world.aServer();
  const { id: volume } = await world.volumes.ensure({ ...WANTED, name: "ready" }, BY);
  if (attached) await world.volumes.attach(volume, server.id, ZONE);
  return { world, server, volume };
}

const CASES: {
  name: string;
  attached: boolean;
  /** How many calls it has at least: fewer, and the walk would not have walked. */
  calls: number;
  prepare?: (scene: Scene) => Promise<void>;
  work: (volumes: Volumes, scene: Scene) => Promise<unknown>;
  expect: (scene: Scene) => Promise<void>;
}[] = [
  {
    name: "a volume is made",
    attached: false,
    calls: 4,
    work: (volumes) => volumes.ensure(WANTED, BY),
    async expect({ world, server, volume }) {
      const { id, state } = (await world.volumes.find("data", ZONE))!;
      assert.equal(state, "ready");
      assert.deepEqual(world.left().sort(), [...server.volumes, volume, id].sort());
      await world.volumes.delete(id, ZONE);
    },
  },
  {
    name: "a volume is attached",
    attached: false,
    calls: 3,
    work: (volumes, { volume, server }) => volumes.attach(volume, server.id, ZONE),
    async expect({ world, server, volume }) {
      assert.deepEqual(await world.volumesOf(server.id), [...server.volumes, volume]);
    },
  },
  {
    name: "a volume is detached",
    attached: true,
    calls: 3,
    work: (volumes, { volume }) => volumes.detach(volume, ZONE),
    async expect({ world, server, volume }) {
      assert.deepEqual(await world.volumesOf(server.id), server.volumes);
      assert.equal((await world.volumes.find(volume, ZONE))?.state, "ready");
    },
  },
  {
    name: "a volume is resized",
    attached: true,
    calls: 3,
    work: (volumes, { volume }) => volumes.resize(volume, 30, ZONE),
    async expect({ world, volume }) {
      assert.equal((await world.volumes.find(volume, ZONE))?.sizeGb, 30);
    },
  },
  {
    name: "a volume that a machine has is deleted",
    attached: true,
    calls: 7,
    work: (volumes, { volume }) => volumes.delete(volume, ZONE),
    async expect({ world, server }) {
      assert.deepEqual(world.left().sort(), server.volumes.sort());
      assert.deepEqual((await world.volumesOf(server.id)).sort(), server.volumes);
    },
  },
  {
    name: "a volume is deleted together with another of its name",
    attached: false,
    calls: 6,
    async prepare({ world }) {
      await world.aVolume("ready", ["mayfly:owner=own-1"]);
    },
    work: (volumes, { volume }) => volumes.delete(volume, ZONE),
    async expect({ world, server }) {
      assert.deepEqual(world.left().sort(), server.volumes.sort());
    },
  },
  {
    name: "a snapshot is made",
    attached: true,
    calls: 5,
    work: (volumes, { volume }) => volumes.snapshot(volume, "friday", ZONE, BY),
    async expect({ world, volume }) {
      const snapshots = () => world.emulator.leftovers().others.filter(({ kind }) => kind === "snapshot");
      const [snapshot, ...others] = snapshots();
      assert.deepEqual([snapshot?.name, snapshot?.state, others], ["friday", "available", []]);
      assert.equal(await world.volumes.snapshot(volume, "friday", ZONE, BY), snapshot?.id);
      await world.call("DELETE", `${SNAPSHOTS}/${snapshot?.id}`);
      assert.deepEqual(snapshots(), []);
    },
  },
];

for (const { name, attached, calls, prepare, work, expect } of CASES)
  test(`${name} once, wherever an attempt is interrupted, and nothing is left after it`, async () => {
    for (const how of ["cut", "lost"] as const)
      for (let call = 1; ; call += 1) {
        const scene = await aScene(attached);
        const { world, server, volume } = scene;
        await prepare?.(scene);
        const attempt = interrupted(world.send, { call, how }, (fetch) =>
          work(createVolumes(world.clients(fetch)), scene),
        );
        const { reached } = await world.passing(attempt);
        await world.passing(work(createVolumes(world.clients()), scene));
        await expect(scene);
        await world.volumes.delete(volume, ZONE);
        assert.deepEqual(world.left().sort(), server.volumes.sort(), `${how} at ${call}`);
        if (reached) continue;
        assert.ok(call > calls, `${how}: only ${call - 1} calls`);
        break;
      }
  });
