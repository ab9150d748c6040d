import assert from "node:assert/strict";
import { test } from "node:test";
import { awsKillWalk } from "./testing/aws-kill-walk.ts";
import { startMoto } from "./testing/moto.ts";
import { processScene } from "./testing/process-scene.ts";

const moto = await startMoto();
const skip = moto === undefined ? "moto cannot be had" : false;
/** Where a kill hurts most, by its place among what changes something; `npm run test:long` kills at every call. */
const STRIKES = [
  { at: 2, side: "after", action: "CreateSecurityGroup" },
  { at: 5, side: "before", action: "RunInstances" },
  { at: 5, side: "after", action: "RunInstances" },
  { at: 6, side: "after", action: "TerminateInstances" },
] as const;

test(
  "killed while it makes and deletes an instance on EC2, before or after a call took effect, it has one machine and leaves nothing",
  { skip, timeout: 400_000 },
  async (t) => {
    const leave = new AbortController();
    t.after(() => leave.abort());
    const walks = STRIKES.map(({ at, side }) =>
      awsKillWalk(processScene(t), moto!, { at, side, of: "changes", signal: leave.signal }),
    );
    const killedAt = (await Promise.all(walks)).map((walk) => walk.killedAt);
    t.diagnostic(`killed at ${killedAt.join(", ")}`);
    assert.deepEqual(
      killedAt,
      STRIKES.map(({ action }) => action),
      "the kills missed the work",
    );
  },
);
