import assert from "node:assert/strict";
import { copyFileSync, mkdtempSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { EventView, InstanceView } from "./api/instance-view.ts";
import { createClient } from "./client/client.ts";
import type { Client } from "./client/client.ts";
import { socketPath } from "./client/socket-path.ts";
import { systemClock } from "./clock.ts";
import type { Instance } from "./lifecycle/instance.ts";
import { systemRandom } from "./random.ts";
import { openSqliteStore } from "./store/sqlite.ts";
import { askUntilAnswered } from "./testing/ask-until-answered.ts";
import type { CloudProcess } from "./testing/cloud-process.ts";
import { eventually } from "./testing/eventually.ts";
import { killPlan } from "./testing/kill-plan.ts";
import type { Wish } from "./testing/kill-plan.ts";
import { processScene } from "./testing/process-scene.ts";
import { seededRandom } from "./testing/seeded-random.ts";

const SEED = Number(process.env["MAYFLY_SEED"] ?? 1);
// An unknown create is repeated 30 s later; what nobody claims is gone within three sweeps, a minute apart.
const QUIET_WITHIN_MS = 200_000;
const LONGEST_LIFE_MS = 4_000;
const SERVERS = "/instance/v1/zones/fr-par-1/servers";

interface Server {
  id: string;
  state: string;
  tags: string[];
  volumes: Record<string, { id: string }>;
  public_ips: { id: string; dynamic: boolean }[];
}

/** What was asked for, by the id that the answer gave it. */
type Wishes = ReadonlyMap<string, Wish>;

test(
  "killed 20 times at moments from a printed seed, every instance ends in its right state and the cloud holds nothing unclaimed",
  { timeout: 400_000 },
  async (t) => {
    t.diagnostic(`seed ${SEED}; again: MAYFLY_SEED=${SEED} npm test -- ${import.meta.filename}`);
    const scene = processScene(t);
    const cloud = await scene.startCloud({ seed: SEED });
    // Calls take a while, that for a machine longest, so that a kill finds some on their way; and lists lag.
    await cloud.fault({ match: {}, effect: { kind: "latency", ms: 100 } });
    await cloud.fault({ match: { operation: "createServer" }, effect: { kind: "latency", ms: 500 } });
    await cloud.lag(2_000);
    const foreign = await serverOfSomebodyElse(cloud);
    const client = createClient({ socketPath: await socketPath(scene.home, {}), sleep: systemClock.sleep });

    // 1. Twenty lives.
    const users: Promise<[id: string, Wish]>[] = [];
    const leave = new AbortController();
    t.after(() => leave.abort());
    const cut = { creates: new Set<string>(), unknown: new Set<string>(), deletes: new Set<string>() };
    for (const { afterCalls, afterMs, wishes } of killPlan(seededRandom(SEED))) {
      const callsBefore = (await cloud.calls()).total;
      const service = await scene.startService({ env: cloud.env });
      for (const wish of wishes) {
        const user = live(client, wish, leave.signal);
        user.catch(() => undefined);
        users.push(user);
      }
      if (afterCalls !== undefined) {
        await service.answers();
        await callsMade(cloud, callsBefore + afterCalls);
      }
      await sleep(afterMs);
      await service.kill();
      const how = await service.ended;
      assert.deepEqual(how, { code: null, signal: "SIGKILL" }, `it ended by itself: ${service.err()}`);
      for (const { id, phase, launch, footprint } of await rowsLeftBehind(scene.home)) {
        if (launch && launch.endedAt === undefined) cut.creates.add(id);
        if (cut.creates.has(id) && footprint.machine === undefined) cut.unknown.add(id);
        if (phase === "deleting") cut.deletes.add(id);
      }
    }

    // 2. One that may finish.
    const service = await scene.startService({ env: cloud.env });
    await service.answers();
    const wishes = new Map(await Promise.all(users));
    await eventually(() => everythingIsRight(client, cloud, wishes, foreign), {
      boundMs: QUIET_WITHIN_MS,
      everyMs: 500,
    });
    await nothingWasWrongMeanwhile(client, cloud, wishes);
    t.diagnostic(
      `kills cut off ${cut.creates.size} creates (${cut.unknown.size} of them so that nobody knew of a machine) and ${cut.deletes.size} deletes`,
    );
    assert.ok(
      cut.creates.size >= 3 && cut.unknown.size > 0 && cut.deletes.size >= 3,
      "the kills missed the work",
    );
  },
);

/** Resolves when the cloud has been called so often; or not that often for a while, when there is little to do. */
async function callsMade(cloud: CloudProcess, wanted: number): Promise<void> {
  const until = performance.now() + LONGEST_LIFE_MS;
  while ((await cloud.calls()).total < wanted && performance.now() < until) await sleep(10);
}

/** What the dead service's database says; a copy of it, so that the next service meets it as it was left. */
async function rowsLeftBehind(home: string): Promise<Instance[]> {
  const copy = mkdtempSync(join(home, "copy-"));
  for (const file of readdirSync(home))
    if (/^mayfly[.]db(-wal)?$/.test(file)) copyFileSync(join(home, file), join(copy, file));
  const store = await openSqliteStore({ path: join(copy, "mayfly.db"), random: systemRandom });
  const { instances } = await store.list({ limit: 500 });
  await store.close();
  return instances;
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

/** Every row and everything in the cloud is what it should be. */
async function everythingIsRight(
  client: Client,
  cloud: CloudProcess,
  wishes: Wishes,
  foreign: Server,
): Promise<void> {
  // 1. The rows: all that was promised; what the sweep found is gone.
  const { instances } = await client.list({ all: true, limit: 500 });
  const phases = Object.fromEntries(instances.map(({ name, phase }) => [name, phase]));
  const right = instances.map((row): [string, string] => {
    const wish = wishes.get(row.id);
    if (!wish) assert.equal(row.origin, "found", `nobody asked for ${row.name}`);
    return [row.name, wish?.ends === "kept" ? "running" : "deleted"];
  });
  assert.deepEqual(phases, Object.fromEntries(right));
  for (const [id, { input }] of wishes)
    assert.ok(input.name in phases, `${input.name} (${id}) was forgotten`);

  // 2. The machines: one for each that is kept, whole.
  const { servers } = await cloud.call<{ servers: Server[] }>("GET", SERVERS);
  const kept = instances.filter(({ id }) => wishes.get(id)?.ends === "kept");
  for (const row of kept) await machineIsWhole(cloud, servers, row, wishes.get(row.id)!);

  // 3. And nothing else.
  const all = [foreign, ...servers.filter(({ id }) => kept.some(({ machineId }) => machineId === id))];
  const { machines, volumes, addresses, privateNics } = await cloud.leftovers();
  const ids = (things: { id: string }[]) => things.map(({ id }) => id).sort();
  assert.deepEqual(ids(machines), ids(all), "machines");
  assert.deepEqual(ids(volumes), ids(all.flatMap((one) => Object.values(one.volumes))), "volumes");
  assert.deepEqual(
    ids(addresses),
    ids(all.flatMap((one) => one.public_ips.filter((ip) => !ip.dynamic))),
    "addresses",
  );
  assert.deepEqual(privateNics, []);
}

async function machineIsWhole(
  cloud: CloudProcess,
  servers: Server[],
  row: InstanceView,
  { input }: Wish,
): Promise<void> {
  const mine = servers.filter(({ tags }) => instanceIn(tags) === row.id);
  assert.deepEqual(
    mine.map(({ id, state }) => ({ id, state })),
    [{ id: row.machineId, state: "running" }],
    `machines of ${row.name}`,
  );
  const { id, volumes, public_ips } = mine[0]!;
  assert.equal(Object.keys(volumes).length, 1, `volumes of ${row.name}`);
  const addresses = public_ips.filter((ip) => !ip.dynamic);
  assert.equal(addresses.length, input.ipv6 ? 1 : 0, `addresses of ${row.name}`);
  if (input.userData !== undefined)
    assert.equal(await cloud.read(`${SERVERS}/${id}/user_data/cloud-init`), input.userData);
}

/** Of what is right in the end: that it was never otherwise. */
async function nothingWasWrongMeanwhile(client: Client, cloud: CloudProcess, wishes: Wishes): Promise<void> {
  const history = (await cloud.history()).filter(({ kind }) => kind === "machine");
  const events = await allEvents(client);
  for (const [id, { ends, input }] of wishes) {
    const machines = history.filter(({ tags }) => instanceIn(tags) === id);
    const mine = events.filter(({ instanceId }) => instanceId === id);
    const story = `${input.name}: ${JSON.stringify({ machines, mine }, undefined, 1)}`;

    // 1. Never two machines at once; a kept one has the only one that there ever was.
    for (const [index, machine] of machines.entries())
      assert.ok(
        machines.slice(index + 1).every(({ createdAt }) => createdAt >= (machine.deletedAt ?? "never")),
        `two machines at once for ${story}`,
      );
    if (ends === "kept") assert.equal(machines.length, 1, `more than one machine for ${story}`);

    // 2. What is kept came up and was never touched; what expired did so in time, neither early nor asked for.
    const kinds = mine.map(({ kind, phase }) => `${kind} ${phase}`);
    if (ends === "kept")
      assert.deepEqual(
        kinds.filter((kind) => !kind.startsWith("trouble")),
        ["requested pending", "phase provisioning", "phase running"],
        story,
      );
    else assert.equal(kinds.at(-1), "phase deleted", story);
    const expired = mine.find(({ kind }) => kind === "expired");
    assert.equal(expired !== undefined, ends === "expired", story);
    if (expired) {
      assert.ok(expired.at >= expired.expiresAt, `early: ${story}`);
      for (const { deletedAt } of machines)
        assert.ok(Date.parse(deletedAt!) >= Date.parse(expired.expiresAt), `early: ${story}`);
    }
  }
}

async function allEvents(client: Client): Promise<EventView[]> {
  const all: EventView[] = [];
  for (let after = 0; ;) {
    const page = await client.events({ after, limit: 500 });
    if (page.events.length === 0) return all;
    all.push(...page.events);
    after = page.after;
  }
}

/** A running machine with another installation's mark. */
async function serverOfSomebodyElse(cloud: CloudProcess): Promise<Server> {
  const { server } = await cloud.call<{ server: Server }>("POST", SERVERS, {
    name: "somebody-elses",
    commercial_type: "DEV1-S",
    image: "ubuntu_noble",
    tags: ["mayfly:owner=somebody-else", "mayfly:instance=mf-000000000000"],
  });
  await cloud.call("POST", `${SERVERS}/${server.id}/action`, { action: "poweron" });
  return server;
}

const instanceIn = (tags: string[]) =>
  tags.find((tag) => tag.startsWith("mayfly:instance="))?.slice("mayfly:instance=".length);
