import assert from "node:assert/strict";
import { test } from "node:test";
import { swimOrder, swimWorld } from "../testing/swim-world.ts";

const HOLDER = "swim:provision:holder";
const QUEUE = "swim:provision:queue";

test("a second installation on the same queue is refused, and told who has it", async () => {
  const world = swimWorld();
  const first = await world.boot();
  await first.start();
  const second = await world.boot({ owner: "another000000000" });
  await assert.rejects(second.start(), {
    name: "UserError",
    message:
      /installation 0123456789abcdef on here \(pid 1, since 2030-.*\) takes from swim:provision:queue already/,
  });
  await world.clock.advance(60_000);
  await assert.rejects((await world.boot({ owner: "another000000000" })).start(), /already/);
  await first.stop();
  const third = await world.boot({ owner: "another000000000" });
  await third.start();
  await third.stop();
});

test("a crashed service is followed by one of its installation at once, by another when the hold is over", async () => {
  const world = swimWorld();
  const dead = await world.boot({
    fate: (site) => (site === "store.unacknowledged" ? "crash-before" : "through"),
  });
  void dead.start();
  await world.clock.advance(1_000);
  assert.equal(dead.alive(), false);
  assert.match(world.server.valueOf(HOLDER) ?? "", /0123456789abcdef/);
  await assert.rejects((await world.boot({ owner: "another000000000" })).start(), /already/);
  const next = await world.boot();
  await next.start();
  await next.stop();

  const again = await world.boot({
    fate: (site) => (site === "store.unacknowledged" ? "crash-before" : "through"),
  });
  void again.start();
  await world.clock.advance(16_000);
  const other = await world.boot({ owner: "another000000000" });
  await other.start();
  await other.stop();
});

test("who lost the queue stops taking and says so, and takes again when it is free", async () => {
  const world = swimWorld();
  const swim = await world.boot();
  await swim.start();
  await world.clock.advance(1_000);
  const theirs = JSON.stringify({ owner: "another000000000", host: "there", pid: 9, since: "now" });
  const redis = world.server.connect();
  await redis.write({ set: [{ key: HOLDER, value: theirs, ttlMs: 60_000 }] });
  await world.clock.advance(12_000);
  assert.match(world.said.join("\n"), /installation another000000000 on there .* takes from the queues now/);
  world.server.push(QUEUE, swimOrder());
  await world.clock.advance(30_000);
  assert.equal(world.server.listOf(QUEUE).length, 1);
  await world.clock.advance(40_000);
  assert.equal(world.server.listOf(QUEUE).length, 0);
  await swim.stop();
  assert.equal(world.server.valueOf(HOLDER), undefined);
});
