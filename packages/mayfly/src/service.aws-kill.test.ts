import assert from "node:assert/strict";
import { test } from "node:test";
import { awsKillWalk } from "./testing/aws-kill-walk.ts";
import { startMoto } from "./testing/moto.ts";
import { processScene } from "./testing/process-scene.ts";

const moto = await startMoto();
const skip = moto === undefined ? "moto cannot be had" : false;
/** Where a kill hurts most; `npm run test:long` kills at every call. */
const STRIKES = [
  { at: "CreateSecurityGroup", side: "after" },
  { at: "RunInstances", side: "before" },
  { at: "RunInstances", side: "after" },
  { at: "TerminateInstances", side: "after" },
] as const;

test(
  "killed while it makes and deletes instances on EC2, before or after a call took effect, each has one machine and nothing is left",
  { skip, timeout: 400_000 },
  async (t) => {
    const leave = new AbortController();
    t.after(() => leave.abort());
    const walk = { account: "100000000000", strikes: STRIKES, signal: leave.signal };
    const { killedAt } = await awsKillWalk(processScene(t), moto!, walk);
    assert.deepEqual(
      killedAt,
      STRIKES.map(({ at }) => at),
      "the kills missed the work",
    );
  },
);
