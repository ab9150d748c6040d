import assert from "node:assert/strict";
import type { Past } from "@mayfly/emulator";
import type { CreateInstanceInput } from "../api/create-instance.ts";
import type { Client } from "../client/client.ts";
import { allEvents } from "./all-events.ts";
import type { CloudProcess } from "./cloud-process.ts";
import { eventually } from "./eventually.ts";
import type { ProcessScene } from "./process-scene.ts";
import { endedEarly, punctuality } from "./punctuality.ts";
import type { Spread } from "./spread.ts";
import type { Figures } from "./troubles.ts";

export interface LoadOptions {
  instances: number;
  /** The shortest of their lifetimes; all of them have to come up in it. */
  lifetimeS: number;
  /** The others are longer by up to so much. */
  overS: number;
}

export interface LoadReport {
  instances: number;
  /** From the first request until all were accepted, until all were running. */
  acceptedMs: number;
  upMs: number;
  expiryLagMs: Spread;
  /** From the last deadline until nothing was left. */
  goneMs: number;
  idle: Figures;
  /** While all came up, and while all were ended. */
  rising: Figures;
  falling: Figures;
}

const AT_ONCE = 100;
const BOUND_MS = 300_000;

/** Many instances at once on one process: all come up, and all are ended on time. Throws an assertion else. */
export async function load(scene: ProcessScene, options: LoadOptions): Promise<LoadReport> {
  const { instances, lifetimeS, overS } = options;
  const cloud = await scene.startCloud();
  const gate = await scene.openGate(cloud);
  const startedAt = Date.now();
  const service = await scene.startService({ env: gate.env, troubles: {} });
  await service.answers();
  const answeredAt = Date.now();
  const { client } = service;
  const idle = await service.figures();

  // 1. All at once.
  const began = Date.now();
  const lifetimes = Array.from(
    { length: instances },
    (_, index) => `${lifetimeS + Math.floor((index * overS) / instances)}s`,
  );
  const lastDeadline = await askFor(
    client,
    lifetimes.map((lifetime, index) => ({ name: `load-${index}`, lifetime })),
  );
  const acceptedMs = Date.now() - began;
  await eventually(async () => assert.equal((await client.doctor()).instances["running"], instances), {
    boundMs: lifetimeS * 1_000,
    everyMs: 1_000,
  });
  const upMs = Date.now() - began;
  const rising = await service.figures();

  // 2. All gone.
  await eventually(async () => assert.deepEqual((await client.doctor()).instances, {}), {
    boundMs: lastDeadline - Date.now() + BOUND_MS,
    everyMs: 1_000,
  });
  const goneMs = Date.now() - lastDeadline;
  const falling = await service.figures();
  await nothingIsLeft(cloud);
  const machines = await machinesOf(cloud, instances);
  const witnesses = { machines, events: await allEvents(client), passed: gate.passed() };
  assert.deepEqual(endedEarly(witnesses), []);
  const { expiryLagMs } = punctuality(witnesses, [{ startedAt, answeredAt }]);
  assert.equal(expiryLagMs.count, instances, "not all were ended at their deadline");
  return { instances, acceptedMs, upMs, expiryLagMs, goneMs, idle, rising, falling };
}

/** Answers the last deadline. */
async function askFor(client: Client, inputs: CreateInstanceInput[]): Promise<number> {
  const left = inputs.values();
  let last = 0;
  const user = async () => {
    for (const input of left) last = Math.max(last, Date.parse((await client.create(input)).expiresAt));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, user));
  return last;
}

export async function nothingIsLeft(cloud: CloudProcess): Promise<void> {
  const { machines, volumes, addresses, privateNics } = await cloud.leftovers();
  assert.deepEqual({ machines, volumes, addresses, privateNics }, nothing);
}

const nothing = { machines: [], volumes: [], addresses: [], privateNics: [] };

/** Every machine that there ever was: one for each instance. */
export async function machinesOf(cloud: CloudProcess, instances: number): Promise<Past[]> {
  const machines = (await cloud.history()).filter(({ kind }) => kind === "machine");
  assert.equal(new Set(machines.map(({ name }) => name)).size, instances);
  assert.equal(machines.length, instances, "some had more than one machine");
  return machines;
}
