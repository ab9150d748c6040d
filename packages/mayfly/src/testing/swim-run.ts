import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import type { SwimState } from "../ingress/swim-state.ts";
import { cloudsOwnMs } from "./clouds-own-ms.ts";
import { eventually } from "./eventually.ts";
import { machinesOf, nothingIsLeft } from "./load.ts";
import type { ProcessScene } from "./process-scene.ts";
import { expectDead, expectEmptyQueues } from "./swim-judgement.ts";
import { mixedOrders, swimStage } from "./swim-stage.ts";
import type { SwimStage } from "./swim-stage.ts";

export interface SwimRunOptions {
  good: number;
  bad: number;
  refused: number;
  /** From one push to the next. @default 0 */
  everyMs?: number;
}

export interface SwimReport extends SwimRunOptions {
  /**
   * From push to `running` in Redis, less what the cloud itself takes for one machine alone. Of many at once most is the
   * wait for the 20 calls a second that an account may make.
   */
  addedMs: { p50: number; p99: number };
  cloudsOwnMs: number;
  callsPerInstance: number;
}

const SETTLES_WITHIN_MS = 120_000;
const TTL_MS = 60_000;
const EARLY = { name: "Lab 0", lab: 1 };

/** Orders pushed and followed by Redis alone, from push to `running` to gone at the time to live. Throws an assertion else. */
export async function swimRun(
  scene: ProcessScene,
  t: { after(clean: () => Promise<void>): void },
  program: string,
  options: SwimRunOptions,
): Promise<SwimReport> {
  const stage = await swimStage(scene, t, program);
  const { cloud, redis, app, push } = stage;
  const ownMs = await cloudsOwnMs(await scene.startCloud());
  const service = await stage.start();
  await service.answers();
  const ear = await redis.client();
  const heard: { at: number; state: SwimState }[] = [];
  await ear.subscribe("swim:states", (message) =>
    heard.push({ at: Date.now(), state: JSON.parse(message) as SwimState }),
  );
  const callsBefore = (await cloud.calls()).total;

  // 1. Pushed from both sides, good and bad in turn.
  const { good, bad, refused } = mixedOrders({ ...options, ttlMinutes: 1 });
  const pushedAt = new Map<string, number>();
  const payloads = [...good, ...bad.map(({ payload }) => payload), ...refused];
  for (const [index, payload] of shuffled(payloads).entries()) {
    if (good.includes(payload))
      pushedAt.set((JSON.parse(payload) as { ServerName: string }).ServerName, Date.now());
    await push(index, payload);
    if (options.everyMs !== undefined) await sleep(options.everyMs);
  }

  // 2. One lab is over before its time.
  await eventually(async () => assert.equal((await stage.stateOf(EARLY.name))?.state, "running"), {
    boundMs: TTL_MS,
  });
  await app.lPush("swim:decomission:queue", JSON.stringify({ WebUsername: "ada", LabID: EARLY.lab }));
  const early = await eventually(
    async () => {
      const state = (await stage.stateOf(EARLY.name))!;
      assert.equal(state.state, "deleted");
      return state;
    },
    { boundMs: SETTLES_WITHIN_MS },
  );

  // 3. All good ones run, and end when their time is over; what the cloud refuses says why.
  const ends = [...pushedAt.keys()].map((name): [string, SwimState["state"]] => [name, "deleted"]);
  for (let index = 0; index < options.refused; index++) ends.push([`Refused ${index}`, "deleted-error"]);
  await eventually(
    async () => {
      const states = await Promise.all(
        ends.map(async ([name]) => [name, (await stage.stateOf(name))?.state]),
      );
      assert.deepEqual(states, ends, `${service.out().slice(-2_000)}${service.err()}`);
    },
    { boundMs: SETTLES_WITHIN_MS + TTL_MS + payloads.length * 1_000, everyMs: 500 },
  );
  const calls = (await cloud.calls()).total - callsBefore;
  const runs = new Map(
    heard.filter(({ state }) => state.state === "running").map(({ at, state }) => [state.name, at]),
  );
  assert.deepEqual([...runs.keys()].toSorted(), [...pushedAt.keys()].toSorted());
  for (const name of pushedAt.keys()) await expectWholeStory(stage, name, heard);

  // 4. All bad ones are dead with all that was wrong; nothing is left, lost or doubled.
  await expectDead(stage, bad);
  await expectEmptyQueues(stage);
  await nothingIsLeft(cloud);
  const machines = await machinesOf(cloud, options.good);
  for (const { name, deletedAt } of machines) {
    if (name === early.name) continue;
    const { deletion_at } = (await stage.stateOf(name))!;
    assert.ok(Date.parse(deletedAt!) >= Date.parse(deletion_at), `${name} ended early`);
  }
  await app.quit();

  const added = [...pushedAt].map(([name, at]) => runs.get(name)! - at - ownMs).sort((a, b) => a - b);
  const at = (share: number) =>
    Math.round(added[Math.min(added.length - 1, Math.floor(added.length * share))]!);
  return {
    ...options,
    addedMs: { p50: at(0.5), p99: at(0.99) },
    cloudsOwnMs: Math.round(ownMs),
    callsPerInstance: Math.round((100 * calls) / options.good) / 100,
  };
}

/** The states of one machine, in order, each whole. */
async function expectWholeStory(
  stage: SwimStage,
  name: string,
  heard: { state: SwimState }[],
): Promise<void> {
  const mine = heard.map(({ state }) => state).filter((state) => state.name === name);
  const words = mine.map(({ state }) => state);
  assert.deepEqual([...new Set(words)], ["starting", "running", "stopping", "deleted"], name);
  const byName = (await stage.stateOf(name))!;
  assert.deepEqual(JSON.parse((await stage.app.get(`swim:server:${byName.id}`))!), byName);
  const left = await stage.app.ttl(`swim:server:${byName.id}`);
  assert.ok(left > 86_000 && left <= 86_400, `it is forgotten in ${left} s`);
  for (const state of mine.filter((one) => one.state !== "starting")) {
    assert.match(state.id, /^[0-9a-f]{8}-/);
    assert.match(state.ipv6, /^[0-9a-f:]+$/);
  }
  for (const { provisioned_at, deletion_at, ...state } of mine) {
    assert.equal(Date.parse(deletion_at) - Date.parse(provisioned_at), TTL_MS);
    assert.deepEqual(Object.keys(state), ["id", "name", "ipv6", "state", "instance"]);
  }
}

/** Always the same way: good and bad ones among each other. */
function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item, index) => ({ item, at: (index * 7_919) % 1_009 }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
