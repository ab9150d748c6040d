import assert from "node:assert/strict";
import { test } from "node:test";
import type { Fate } from "../testing/interceptor.ts";
import { swimOrder, swimWorld } from "../testing/swim-world.ts";

const QUEUE = "swim:provision:queue";
const GONE = "swim:decommission:queue";
const TAKEN = "swim:provision:taken:0123456789abcdef";

const rowsOf = async ({ store }: ReturnType<typeof swimWorld>) =>
  (await store.list({ limit: 500, all: true })).instances;

test("of two processes one takes, and when it stops the other goes on at once", async () => {
  const world = swimWorld();
  const first = await world.bootInTurn("first");
  await world.clock.advance(1_000);
  await world.bootInTurn("second");
  for (const ServerName of ["a", "b"]) world.server.push(QUEUE, swimOrder({ ServerName }));
  await world.clock.advance(1_000);
  assert.equal((await rowsOf(world)).length, 2);
  await first.stop();
  world.server.push(QUEUE, swimOrder({ ServerName: "c" }));
  await world.clock.advance(2_500);
  assert.equal((await rowsOf(world)).length, 3);
});

test("the turn of a process that stands still is another's within ten seconds", async () => {
  const world = swimWorld();
  let fate: Fate = "through";
  await world.bootInTurn("first", () => fate);
  await world.clock.advance(7_000);
  await world.bootInTurn("second");
  fate = "freeze";
  await world.clock.advance(3_000);
  world.server.push(QUEUE, swimOrder());
  await world.clock.advance(7_000);
  assert.equal((await rowsOf(world)).length, 1);
});

test("standing still at any call, with others at work meanwhile, loses and doubles no order", async () => {
  const calls = await walk(Infinity);
  assert.ok(calls > 20, `${calls} calls`);
  for (let at = 1; at <= calls; at++) await walk(at);
});

/**
 * The first process stands still at one of its calls; meanwhile the second one takes its turn, and the same bytes are
 * ordered again. Then it goes on. Answers how many calls it made.
 */
async function walk(standsAt: number): Promise<number> {
  const world = swimWorld();
  let calls = 0;
  const first = await world.bootInTurn("first", () => (++calls === standsAt ? "freeze" : "through"));
  world.server.push(QUEUE, swimOrder());
  world.server.push(QUEUE, "bad");
  world.server.push(QUEUE, swimOrder());
  await world.clock.advance(1_000);
  const made = calls;
  const second = await world.bootInTurn("second");
  await world.clock.advance(12_000);
  world.server.push(QUEUE, swimOrder());
  // It has made a copy of the same bytes its own, and not done it yet, when the first one goes on.
  await world.clock.advance(0);
  first.goOn();
  await world.clock.advance(20_000);
  assert.deepEqual([world.server.listOf(QUEUE), world.server.listOf(TAKEN)], [[], []], `at call ${standsAt}`);
  assert.equal((await rowsOf(world)).length, 3, `at call ${standsAt}`);
  assert.equal(world.server.listOf("swim:provision:dead").length, 1, `at call ${standsAt}`);
  assert.deepEqual(await world.store.unacknowledged(), []);
  await Promise.all([first.stop(), second.stop()]);
  return made;
}

test("who stood still spoils nothing of what another has in hand, and dies with", async () => {
  for (const standsAt of ["store.insert", "redis.remove"])
    for (const [diesAt, time] of [
      ["readCloudInit", 1],
      // The first one finds that the name is taken.
      ["store.insert", 2],
    ] as const) {
      const world = swimWorld();
      const first = await world.bootInTurn("first", (site) => (site === standsAt ? "freeze" : "through"));
      world.server.push(QUEUE, swimOrder());
      await world.clock.advance(1_000);
      // It goes on never more: as if it had died there.
      let [falls, calls] = [false, 0];
      await world.bootInTurn("second", (site) =>
        falls && site === diesAt && ++calls === time ? "freeze" : "through",
      );
      await world.clock.advance(12_000);
      falls = true;
      world.server.push(QUEUE, swimOrder());
      await world.clock.advance(100);
      first.goOn();
      await world.clock.advance(100);
      await world.bootInTurn("third");
      await world.clock.advance(30_000);
      assert.equal((await rowsOf(world)).length, 2, `${standsAt}, ${diesAt}`);
      assert.deepEqual([world.server.listOf(QUEUE), world.server.listOf(TAKEN)], [[], []]);
    }
});

test("who stood still ends nothing that was ordered after another had done what it had taken", async () => {
  const calls = await decommissioned(Infinity);
  for (let at = 1; at <= calls; at++) await decommissioned(at);
});

async function decommissioned(standsAt: number): Promise<number> {
  const world = swimWorld();
  let calls = 0;
  const first = await world.bootInTurn("first", () => (++calls === standsAt ? "freeze" : "through"));
  world.server.push(GONE, JSON.stringify({ WebUsername: "ada", WebLabID: 7 }));
  await world.clock.advance(1_000);
  const made = calls;
  const second = await world.bootInTurn("second");
  await world.clock.advance(12_000);
  assert.deepEqual(world.server.listOf(GONE), []);
  world.server.push(QUEUE, swimOrder());
  await world.clock.advance(1_000);
  first.goOn();
  await world.clock.advance(20_000);
  const rows = await rowsOf(world);
  assert.deepEqual(
    rows.map(({ desired }) => desired),
    ["running"],
    `at call ${standsAt}`,
  );
  await Promise.all([first.stop(), second.stop()]);
  return made;
}
