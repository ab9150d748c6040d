import assert from "node:assert/strict";
import { test } from "node:test";
import { aWorld } from "../testing/a-world.ts";

const MINUTE = 60_000;

/** Two processes on machines whose clocks differ by four seconds. */
async function twoProcesses() {
  const world = await aWorld();
  const first = await world.boot({ together: "first", wrongByMs: 2_000 });
  await world.clock.advance(3_000);
  const second = await world.boot({ together: "second", wrongByMs: -2_000 });
  return { ...world, first, second };
}

test("however many processes there are, one of them looks and sweeps", async () => {
  const { clock, looks, second, row, boot } = await twoProcesses();
  await boot({ together: "third" });
  await clock.advance(10 * MINUTE);
  // Each asks once what time it is; then nobody waits for anything.
  assert.deepEqual([looks.machine, looks.sweeps], [3, 10]);
  const id = await second.create({ lifetime: "10m" });
  await clock.advance(MINUTE);
  assert.equal((await row(id)).phase, "running");
  assert.ok(looks.machine < 3 + 20, `${looks.machine} looks`);
});

test("what one process asks for and another one sees ends as it would in one", async () => {
  const { clock, second, row, left, store } = await twoProcesses();
  const id = await second.create({ lifetime: "10m" });
  await clock.advance(10 * MINUTE - 1);
  assert.equal((await row(id)).phase, "running");
  const { seq } = (await store.events({ after: 0, limit: 100 })).at(-1)!;
  await clock.advance(1_000);
  const [expired] = await store.events({ after: seq, limit: 1 });
  assert.deepEqual([expired?.kind, expired?.at], ["expired", (await row(id)).expiresAt]);
  await clock.advance(MINUTE);
  assert.equal((await row(id)).phase, "deleted");
  assert.equal(left(), "machines 0 parts 0");
  assert.equal(await store.observed(id), undefined);
});

test("when the one that looks stops, the other looks at once", async () => {
  const { clock, first, second, row } = await twoProcesses();
  await first.stop();
  const id = await second.create({ lifetime: "10m" });
  await clock.advance(30_000);
  assert.equal((await row(id)).phase, "running");
});

test("somebody who begins to wait in another process is looked for within two seconds", async () => {
  const { clock, second, looks } = await twoProcesses();
  await clock.advance(5 * MINUTE);
  const before = looks.machine;
  await second.create({ lifetime: "10m" });
  await clock.advance(2_000);
  assert.ok(looks.machine > before);
});
