import assert from "node:assert/strict";
import type { SwimStage } from "./swim-stage.ts";

/** Each bad payload is in the dead list once, with all that was wrong with it, and nothing else is. */
export async function expectDead(
  { dead }: SwimStage,
  bad: { payload: string; reason: RegExp }[],
): Promise<void> {
  const found = await dead();
  assert.deepEqual(
    found.map(({ payload }) => payload).toSorted(),
    bad.map(({ payload }) => payload).toSorted(),
  );
  for (const { payload, reason } of bad) {
    const entry = found.find((one) => one.payload === payload)!;
    assert.match(entry.reason, reason);
    assert.ok(Math.abs(Date.parse(entry.time) - Date.now()) < 3_600_000);
  }
}

export async function expectEmptyQueues({ app }: SwimStage): Promise<void> {
  const keys = [...(await app.keys("swim:*:queue")), ...(await app.keys("swim:*:taken:*"))];
  assert.deepEqual(keys, []);
}
