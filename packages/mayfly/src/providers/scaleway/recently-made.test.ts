import assert from "node:assert/strict";
import { test } from "node:test";
import { createVirtualClock } from "../../testing/virtual-clock.ts";
import { createRecentlyMade } from "./recently-made.ts";

test("what was made is known until lists must show it", async () => {
  const clock = createVirtualClock();
  const recent = createRecentlyMade(clock);
  recent.accepted("lab", "1");
  await clock.advance(29_999);
  assert.deepEqual([recent.idOf("lab"), recent.doubtfulMs("lab")], ["1", 0]);
  await clock.advance(1);
  assert.equal(recent.idOf("lab"), undefined);
});

test("what may have been made is in doubt until lists must show it, or it is known", async () => {
  const clock = createVirtualClock();
  const recent = createRecentlyMade(clock);
  recent.inDoubt("lab");
  await clock.advance(10_000);
  assert.deepEqual([recent.doubtfulMs("lab"), recent.doubtfulMs("other")], [20_000, 0]);
  await clock.advance(20_000);
  assert.equal(recent.doubtfulMs("lab"), 0);
  recent.inDoubt("lab");
  recent.accepted("lab", "2");
  assert.deepEqual([recent.idOf("lab"), recent.doubtfulMs("lab")], ["2", 0]);
});
