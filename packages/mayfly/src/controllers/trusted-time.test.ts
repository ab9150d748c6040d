import assert from "node:assert/strict";
import { test } from "node:test";
import { createVirtualClock } from "../testing/virtual-clock.ts";
import { createTrustedTime } from "./trusted-time.ts";

function aTime() {
  const clock = createVirtualClock();
  const said: string[] = [];
  return { clock, said, time: createTrustedTime(clock, (message) => said.push(message)) };
}

test("before any cloud has answered nothing may end", () => {
  assert.equal(aTime().time.endNow(), -Infinity);
});

test("once a cloud agrees, this machine's clock decides", () => {
  const { clock, time } = aTime();
  time.heard(clock.now() - 900);
  assert.equal(time.endNow(), clock.now());
});

test("when the cloud is behind, its time decides", () => {
  const { clock, time, said } = aTime();
  time.heard(clock.now() - 3_600_000);
  assert.equal(time.endNow(), clock.now() - 3_600_000);
  assert.match(said[0]!, /differs by -3600 s/);
});

test("when the cloud is ahead, this machine's time decides", () => {
  const { clock, time } = aTime();
  time.heard(clock.now() + 3_600_000);
  assert.equal(time.endNow(), clock.now());
});

test("a jump of the wall clock ends nothing until a cloud answers again", async () => {
  const { clock, time, said } = aTime();
  time.heard(clock.now());
  clock.jumpWall(3_600_000);
  assert.equal(time.endNow(), -Infinity);
  assert.match(said[0]!, /jumped by 3600 s/);
  const truth = clock.now() - 3_600_000;
  time.heard(truth);
  assert.equal(time.endNow(), truth);
});

test("time that merely passes is trusted", async () => {
  const { clock, time } = aTime();
  time.heard(clock.now());
  await clock.advance(86_400_000);
  assert.equal(time.endNow(), clock.now());
});

test("an answer that was asked for before the wall clock was set says what the cloud says, not that they agree", async () => {
  const { clock, time } = aTime();
  const sentAt = clock.monotonic();
  await clock.advance(18_000);
  const truth = clock.now();
  clock.jumpWall(3_600_000);
  time.heard(truth, sentAt);
  assert.ok(time.endNow() <= truth, "it would end what is due in the next hour");
});
