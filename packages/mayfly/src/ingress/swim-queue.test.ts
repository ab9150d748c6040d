import assert from "node:assert/strict";
import { test } from "node:test";
import type { Instance } from "../lifecycle/instance.ts";
import { RedisError } from "../redis/error.ts";
import type { Fate } from "../testing/interceptor.ts";
import { swimOrder, swimWorld } from "../testing/swim-world.ts";

const QUEUE = "swim:provision:queue";
const TAKEN = "swim:provision:taken:0123456789abcdef";
const DEAD = "swim:provision:dead";
const MINUTE = 60_000;

type World = ReturnType<typeof swimWorld>;

const rowsOf = async ({ store }: World) => (await store.list({ limit: 500, all: true })).instances;
const names = (rows: Instance[]) => rows.map(({ spec }) => spec.machineName).toSorted();

async function expectQuiet({ server, store }: World): Promise<void> {
  assert.deepEqual([server.listOf(QUEUE), server.listOf(TAKEN)], [[], []]);
  assert.deepEqual(await store.unacknowledged(), []);
}

test("an order becomes an instance with its type, image, group, tags, cloud-init, time to live and a routed IPv6", async () => {
  const world = swimWorld();
  const swim = await world.boot();
  await swim.start();
  world.server.push(QUEUE, swimOrder({ ServerName: "Lab 7 of Ada" }));
  await world.clock.advance(1_000);
  const [row] = await rowsOf(world);
  assert.ok(row);
  assert.equal(row.name, "Lab-7-of-Ada");
  assert.equal(row.expiresAt - row.createdAt, 60 * MINUTE);
  const { machineName, type, image, securityGroup, userData, ipv4, ipv6, tags } = row.spec;
  assert.deepEqual(
    { machineName, type, image, securityGroup, userData, ipv4, ipv6, tags },
    {
      machineName: "Lab 7 of Ada",
      type: "DEV1-S",
      image: "ubuntu_jammy",
      securityGroup: "default",
      userData: "#cloud-config\n",
      ipv4: false,
      ipv6: true,
      tags: ["webuser:ada", "labid:7"],
    },
  );
  await expectQuiet(world);
  await swim.stop();
});

test("the same bytes ordered twice are two instances", async () => {
  const world = swimWorld();
  const swim = await world.boot();
  await swim.start();
  for (let time = 0; time < 2; time++) world.server.push(QUEUE, swimOrder());
  await world.clock.advance(1_000);
  assert.deepEqual(names(await rowsOf(world)), ["lab", "lab"]);
  await swim.stop();
});

test("orders from the right come first in, first out, those from the left last in, first out", async () => {
  const world = swimWorld();
  for (const name of ["a", "b"]) world.server.push(QUEUE, swimOrder({ ServerName: name }));
  for (const name of ["c", "d"]) world.server.push(QUEUE, swimOrder({ ServerName: name }), "left");
  const swim = await world.boot();
  await swim.start();
  await world.clock.advance(1_000);
  const order = (await world.store.events({ after: 0, limit: 9 })).map(({ instanceId }) => instanceId);
  const rows = new Map((await rowsOf(world)).map((row) => [row.id, row.spec.machineName]));
  assert.deepEqual(
    order.map((id) => rows.get(id)),
    ["d", "c", "a", "b"],
  );
  await swim.stop();
});

test("what cannot be read is dead with all that is wrong with it, and holds up nothing", async () => {
  const world = swimWorld();
  const bad = {
    "not json": /is not JSON/,
    "[1]": /not a JSON object/,
    "{}": /ServerName is missing; ServerType is missing; SecurityGroupName is missing; ImageID is missing; WebUsername is missing; WebLabID is missing; TTLMinutes is missing; CloudInitFile is missing/,
    [swimOrder({ TTLMinutes: 0, WebLabID: -1, ServerType: 5 })]:
      /ServerType is not a string; WebLabID is -1.*TTLMinutes is 0/,
    [swimOrder({ CloudInitFile: "absent.yml" })]: /CloudInitFile read absent[.]yml/,
    [swimOrder({ CloudInitContent: "x".repeat(200_000) })]: /CloudInitContent has 200000 bytes/,
    ["x".repeat(1_100_000)]: /has 1100000 bytes, at most 1048576/,
  };
  for (const payload of Object.keys(bad)) world.server.push(QUEUE, payload);
  world.server.push(QUEUE, Buffer.from([0xff, 0xfe, 0]));
  world.server.push(QUEUE, swimOrder());
  const swim = await world.boot();
  await swim.start();
  await world.clock.advance(1_000);
  const dead = world.server.listOf(DEAD).map((text) => JSON.parse(text) as Record<string, string>);
  for (const [index, [payload, reason]] of Object.entries(bad).entries()) {
    assert.equal(dead[index]?.["payload"], payload.slice(0, 1_048_576));
    assert.match(dead[index]?.["reason"] ?? "", reason);
    assert.equal(dead[index]?.["time"], "2030-01-01T00:00:00.000Z");
  }
  assert.deepEqual([dead[7]?.["payload"], dead[7]?.["encoding"]], ["//4A", "base64"]);
  assert.equal((await rowsOf(world)).length, 1);
  await expectQuiet(world);
  await swim.stop();
});

test("what waits while enough is being made stays in Redis, and is taken when there is room", async () => {
  const world = swimWorld();
  for (let index = 0; index < 5; index++) world.server.push(QUEUE, swimOrder({ ServerName: `lab-${index}` }));
  const swim = await world.boot({ most: 2 });
  await swim.start();
  await world.clock.advance(10_000);
  assert.equal(world.server.listOf(QUEUE).length, 3);
  for (const { id } of await rowsOf(world))
    await world.store.update(id, {}, (row) => ({ row: { ...row, phase: "running" } }));
  await world.clock.advance(2_000);
  assert.equal(world.server.listOf(QUEUE).length, 1);
  await swim.stop();
});

test("while Redis is away nothing is lost, its absence is no hot loop, and afterwards all goes on", async () => {
  const world = swimWorld();
  let asked = 0;
  const fate = (site: string) => {
    if (site.startsWith("redis.")) asked += 1;
    return "through" as const;
  };
  const swim = await world.boot({ fate });
  await swim.start();
  world.server.down = true;
  asked = 0;
  await world.clock.advance(10 * MINUTE);
  assert.ok(world.said.length >= 5 && world.said.length < 30, `${world.said.length} lines in ten minutes`);
  assert.ok(asked > 200 && asked < 700, `asked ${asked} times in ten minutes`);
  world.server.push(QUEUE, swimOrder());
  world.server.down = false;
  await world.clock.advance(20_000);
  assert.equal((await rowsOf(world)).length, 1);
  await expectQuiet(world);
  await swim.stop();
});

test("a service that starts while Redis is away takes orders once it is there", async () => {
  const world = swimWorld();
  world.server.down = true;
  const swim = await world.boot();
  await swim.start();
  await world.clock.advance(MINUTE);
  world.server.push(QUEUE, swimOrder());
  world.server.down = false;
  await world.clock.advance(30_000);
  assert.equal((await rowsOf(world)).length, 1);
  await swim.stop();
});

test("cut off before and after every single call, each order becomes one instance and each bad one is dead once", async () => {
  const calls = await walk(() => "through");
  assert.ok(calls > 30, `${calls} calls`);
  for (const crash of ["crash-before", "crash-after"] as const)
    for (let at = 1; at <= calls; at++) await walk((call) => (call === at ? crash : "through"));
});

test("when the answer to any call is lost, or the call itself, nothing is lost or doubled", async () => {
  const lost = () => new RedisError("unavailable", "the answer was lost");
  const calls = await walk(() => "through");
  for (const fate of [{ before: lost }, { after: lost }] as Fate[])
    for (let at = 1; at <= calls; at++) await walk((call) => (call === at ? fate : "through"));
});

/** Three orders, two of them the same bytes, and a bad one; whoever dies is started again. Answers how many calls were made. */
async function walk(fateOf: (call: number) => Fate): Promise<number> {
  const world = swimWorld();
  for (const payload of [swimOrder(), "bad", swimOrder(), swimOrder({ ServerName: "other" })])
    world.server.push(QUEUE, payload);
  let calls = 0;
  const fate = () => fateOf(++calls);
  let process: Awaited<ReturnType<World["boot"]>> | undefined;
  const begin = async () => {
    process = await world.boot({ fate });
    await process.start();
  };
  for (let second = 0; second < 60 && !(await isQuiet(world)); second++) {
    if (process?.alive() !== true) void begin().catch(() => (process = undefined));
    await world.clock.advance(1_000);
  }
  const asked = calls;
  // What was left half done would be seen by whoever comes next.
  // It may die even of this.
  void process?.stop().catch(() => undefined);
  await world.clock.advance(1_000);
  await (await world.boot()).start();
  await world.clock.advance(1_000);
  assert.deepEqual(names(await rowsOf(world)), ["lab", "lab", "other"]);
  assert.equal(world.server.listOf(DEAD).length, 1);
  await expectQuiet(world);
  return asked;
}

async function isQuiet({ server, store }: World): Promise<boolean> {
  const waiting = [server.listOf(QUEUE), server.listOf(TAKEN), await store.unacknowledged()];
  return waiting.every(({ length }) => length === 0);
}
