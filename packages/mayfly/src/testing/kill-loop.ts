import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { createClient } from "../client/client.ts";
import type { Client } from "../client/client.ts";
import { socketPath } from "../client/socket-path.ts";
import { systemClock } from "../clock.ts";
import { allEvents } from "./all-events.ts";
import { askUntilAnswered } from "./ask-until-answered.ts";
import type { CloudProcess } from "./cloud-process.ts";
import { eventually } from "./eventually.ts";
import { everythingIsRight, nothingWasWrongMeanwhile } from "./kill-judgement.ts";
import { killPlan } from "./kill-plan.ts";
import type { Wish } from "./kill-plan.ts";
import { plannedDeaths } from "./planned-deaths.ts";
import { punctuality } from "./punctuality.ts";
import type { Life, Punctuality } from "./punctuality.ts";
import type { PostgresServer } from "./postgres-server.ts";
import type { ProcessScene } from "./process-scene.ts";
import { rowsLeftBehind } from "./rows-left-behind.ts";
import { seededRandom } from "./seeded-random.ts";
import { serverOfSomebodyElse } from "./somebody-elses.ts";

// An unknown create is repeated 30 s later; what nobody claims is gone within three sweeps, a minute apart.
const QUIET_WITHIN_MS = 200_000;
const LONGEST_LIFE_MS = 4_000;
/** With a start, and whatever has to be made. */
const LONGEST_MS = 60_000;

export interface KillReport extends Punctuality {
  kills: number;
  /** What the kills cut off; of creates, also those of which nobody knew a machine then. */
  cut: { creates: number; unknown: number; deletes: number };
}

export interface KillLoopOptions {
  seed: number;
  signal: AbortSignal;
  /** Where the rows are. @default in the home */
  postgres?: PostgresServer;
}

/**
 * The service, killed 20 times at moments from a seed while users ask for instances and their end, with deadlines that
 * find it dead; then one that may finish. Throws an assertion when anything is not as it was promised.
 */
export async function killLoop(scene: ProcessScene, options: KillLoopOptions): Promise<KillReport> {
  const { seed, signal, postgres } = options;
  const cloud = await scene.startCloud({ seed });
  const gate = await scene.openGate(cloud);
  const env = { ...gate.env, ...(postgres && { MAYFLY_DATABASE: postgres.url }) };
  // Calls take a while, that for a machine longest, so that a kill finds some on their way; and lists lag.
  await cloud.fault({ match: {}, effect: { kind: "latency", ms: 100 } });
  await cloud.fault({ match: { operation: "createServer" }, effect: { kind: "latency", ms: 500 } });
  await cloud.lag(2_000);
  const foreign = await serverOfSomebodyElse(cloud);
  const client = createClient({ socketPath: await socketPath(scene.home, {}), sleep: systemClock.sleep });

  // 1. Twenty lives.
  const users: Promise<[id: string, Wish]>[] = [];
  const lives: Life[] = [];
  const cut = { creates: new Set<string>(), unknown: new Set<string>(), deletes: new Set<string>() };
  const ask = (wish: Wish) => {
    const user = live(client, wish, signal);
    user.catch(() => undefined);
    users.push(user);
  };
  const plan = killPlan(seededRandom(seed));
  const deaths = plannedDeaths(plan.lives.flatMap(({ wishes }) => wishes));
  for (const { afterCalls, afterMs, makesAll, wishes } of plan.lives) {
    await sleep(deaths.staysDeadMs(Date.now()));
    const callsBefore = (await cloud.calls()).total;
    const life: Life = { startedAt: Date.now() };
    lives.push(life);
    const service = await scene.startService({ env });
    wishes.forEach(ask);
    const lived = async () => {
      if (afterCalls !== undefined || makesAll) {
        await service.answers();
        life.answeredAt = Date.now();
      }
      if (makesAll) await machinesOf(wishes, client);
      else if (afterCalls !== undefined) await callsMade(cloud, callsBefore + afterCalls);
      await sleep(afterMs);
    };
    const { mayLiveMs } = deaths;
    await Promise.race([
      lived(),
      sleep(Math.min(LONGEST_MS, mayLiveMs(Date.now())), undefined, { ref: false }),
    ]);
    await service.kill();
    const how = await service.ended;
    assert.deepEqual(how, { code: null, signal: "SIGKILL" }, `it ended by itself: ${service.err()}`);
    const rows = await rowsLeftBehind(scene.home, postgres);
    deaths.learn(rows);
    for (const { id, phase, launch, footprint } of rows) {
      if (launch && launch.endedAt === undefined) cut.creates.add(id);
      if (cut.creates.has(id) && footprint.machine === undefined) cut.unknown.add(id);
      if (phase === "deleting") cut.deletes.add(id);
    }
  }

  // 2. One that may finish.
  await sleep(deaths.untilAllMs(Date.now()));
  const last: Life = { startedAt: Date.now() };
  const service = await scene.startService({ env });
  await service.answers();
  last.answeredAt = Date.now();
  lives.push(last);
  plan.afterwards.forEach(ask);
  const wishes = new Map(await Promise.all(users));
  await eventually(() => everythingIsRight(client, cloud, wishes, foreign), {
    boundMs: QUIET_WITHIN_MS,
    everyMs: 500,
  });
  await nothingWasWrongMeanwhile(client, cloud, wishes);
  const machines = (await cloud.history()).filter(({ kind }) => kind === "machine");
  return {
    kills: lives.length - 1,
    cut: { creates: cut.creates.size, unknown: cut.unknown.size, deletes: cut.deletes.size },
    ...punctuality({ machines, events: await allEvents(client), passed: gate.passed() }, lives),
  };
}

/** Resolves when the cloud has been called so often; or not that often for a while, when there is little to do. */
async function callsMade(cloud: CloudProcess, wanted: number): Promise<void> {
  const until = performance.now() + LONGEST_LIFE_MS;
  while ((await cloud.calls()).total < wanted && performance.now() < until) await sleep(10);
}

async function machinesOf(wishes: readonly Wish[], client: Client): Promise<void> {
  await eventually(
    async () => {
      const { instances } = await client.list({ limit: 500 });
      for (const { input } of wishes)
        assert.ok(
          instances.find(({ name }) => name === input.name)?.machineId,
          `no machine of ${input.name}`,
        );
    },
    { boundMs: LONGEST_MS },
  );
}

/** A user: asks until there is an answer; once more, with the same key; then for the delete, where that is wanted. */
async function live(client: Client, wish: Wish, signal: AbortSignal): Promise<[id: string, Wish]> {
  const { input, ends, askedAfterMs, againAfterMs } = wish;
  await sleep(askedAfterMs, undefined, { signal });
  const create = () =>
    askUntilAnswered(() => client.create(input, { idempotencyKey: `key of ${input.name}` }), signal);
  const { id } = await create();
  await sleep(againAfterMs, undefined, { signal });
  assert.equal((await create()).id, id, "the same key made another instance");
  if (ends === "deleted") await askUntilAnswered(() => client.delete(id), signal);
  return [id, wish];
}
