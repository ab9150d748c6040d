import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "../client/client.ts";
import { allEvents } from "./all-events.ts";
import { eventually } from "./eventually.ts";
import { machinesOf, nothingIsLeft } from "./load.ts";
import type { ProcessScene } from "./process-scene.ts";
import { endedEarly, punctuality } from "./punctuality.ts";
import type { Spread } from "./spread.ts";
import type { Figures } from "./troubles.ts";

export interface SoakOptions {
  /** Whole ones, 4 at least: the third is compared with the last. */
  minutes: number;
  /** @default 1 */
  perSecond?: number;
}

export interface SoakReport {
  minutes: number;
  instances: number;
  expiryLagMs: Spread;
  /** The least heap after a garbage collection, the most open files, the largest log: of one minute. */
  third: Minute;
  last: Minute;
  /** What the file grew by for each instance: rows are kept. */
  databaseBytesPerInstance: number;
  heldUpMs: { p99: number; max: number };
}

interface Minute {
  heapBytes: number;
  rssBytes: number;
  openFiles: number;
  logBytes: number;
}

interface Sample extends Figures {
  atMs: number;
  logBytes: number;
  databaseBytes: number;
}

/** By then as many come as go, and what is made once has been made. */
const SETTLED_MINUTE = 3;
const SAMPLE_EVERY_MS = 5_000;
const BOUND_MS = 300_000;
/** SQLite's log begins anew after 1,000 pages; a transaction may add some. */
const MOST_LOG_BYTES = 6_000_000;
/** What a heap that does not grow differs by from minute to minute. */
const SLACK = { heapShare: 1.1, openFiles: 10 };

/** Instances coming and going at a steady rate on one process. Throws an assertion when it does not stay as it is. */
export async function soak(scene: ProcessScene, options: SoakOptions): Promise<SoakReport> {
  const { minutes, perSecond = 1 } = options;
  if (!Number.isInteger(minutes) || minutes <= SETTLED_MINUTE)
    throw new Error(
      `soak for ${minutes} minutes: minute ${SETTLED_MINUTE} is compared with the last; ask for ${SETTLED_MINUTE + 1} or more whole ones`,
    );
  const cloud = await scene.startCloud();
  const gate = await scene.openGate(cloud);
  const startedAt = Date.now();
  const service = await scene.startService({ env: gate.env, troubles: {} });
  await service.answers();
  const answeredAt = Date.now();
  const sizeOf = (file: string) => statSync(join(scene.home, file), { throwIfNoEntry: false })?.size ?? 0;
  const samples: Sample[] = [];
  const sample = async () =>
    void samples.push({
      ...(await service.figures()),
      atMs: Date.now() - answeredAt,
      logBytes: sizeOf("mayfly.db-wal"),
      databaseBytes: sizeOf("mayfly.db"),
    });

  // 1. Somebody every second, and somebody who looks.
  const users: Promise<void>[] = [];
  const untilMs = minutes * 60_000;
  const everyMs = 1_000 / perSecond;
  await sample();
  for (let index = 0, sampledAt = 0; index * everyMs < untilMs; index++) {
    users.push(live(service.client, index));
    const now = Date.now() - answeredAt;
    if (now - sampledAt >= SAMPLE_EVERY_MS) {
      sampledAt = now;
      await sample();
    }
    await sleep(Math.max(0, answeredAt + (index + 1) * everyMs - Date.now()));
  }
  await Promise.all(users);

  // 2. All gone, none early, one machine each.
  await eventually(async () => assert.deepEqual((await service.client.doctor()).instances, {}), {
    boundMs: BOUND_MS,
    everyMs: 1_000,
  });
  await nothingIsLeft(cloud);
  const machines = await machinesOf(cloud, users.length);
  const witnesses = { machines, events: await allEvents(service.client), passed: gate.passed() };
  assert.deepEqual(endedEarly(witnesses), []);
  const { expiryLagMs } = punctuality(witnesses, [{ startedAt, answeredAt }]);

  // 3. And the process as it was.
  const [third, last] = [minuteOf(samples, SETTLED_MINUTE), minuteOf(samples, minutes)];
  const report: SoakReport = {
    minutes,
    instances: users.length,
    expiryLagMs,
    third,
    last,
    databaseBytesPerInstance: Math.round((sizeOf("mayfly.db") - samples[0]!.databaseBytes) / users.length),
    heldUpMs: {
      p99: Math.max(...samples.map(({ heldUpMs }) => heldUpMs.p99)),
      max: Math.max(...samples.map(({ heldUpMs }) => heldUpMs.max)),
    },
  };
  const told = JSON.stringify(report);
  assert.ok(last.heapBytes <= third.heapBytes * SLACK.heapShare, `the heap grows: ${told}`);
  assert.ok(last.openFiles <= third.openFiles + SLACK.openFiles, `open files grow: ${told}`);
  assert.ok(
    samples.every(({ logBytes }) => logBytes <= MOST_LOG_BYTES),
    `the log grows: ${told}`,
  );
  return report;
}

/** A user: every third one reads, every fifth extends, every seventh deletes before the deadline. */
async function live(client: Client, index: number): Promise<void> {
  const { id, expiresAt } = await client.create({
    name: `soak-${index}`,
    lifetime: "35s",
    ipv6: index % 4 === 0,
    ...(index % 2 === 0 && { userData: `#cloud-config\n# ${"x".repeat((index * 997) % 20_000)}\n` }),
  });
  await sleep(10_000);
  if (index % 3 === 0) await client.list({ limit: 100 });
  if (index % 5 === 0)
    await client.extend(id, { expiresAt: new Date(Date.parse(expiresAt) + 10_000).toISOString() });
  if (index % 7 === 0) await client.delete(id);
}

function minuteOf(samples: readonly Sample[], minute: number): Minute {
  const mine = samples.filter(({ atMs }) => Math.ceil(Math.max(1, atMs) / 60_000) === minute);
  return {
    heapBytes: Math.min(...mine.map(({ heapBytes }) => heapBytes)),
    rssBytes: Math.max(...mine.map(({ rssBytes }) => rssBytes)),
    openFiles: Math.max(...mine.map(({ openFiles }) => openFiles)),
    logBytes: Math.max(...mine.map(({ logBytes }) => logBytes)),
  };
}
