import { test } from "node:test";
import { processScene } from "./testing/process-scene.ts";
import { redisOrSkip } from "./testing/redis-server.ts";
import { swimRun } from "./testing/swim-run.ts";

const found = redisOrSkip();
const skip = "skip" in found ? found.skip : false;
const program = "program" in found ? found.program : "";

test(
  "orders of a web app that knows nothing but Redis run, and are gone at their time to live; bad ones are dead with all their faults",
  { skip, timeout: 240_000 },
  async (t) => {
    const report = await swimRun(processScene(t), t, program, { good: 24, bad: 10, refused: 2 });
    t.diagnostic(JSON.stringify(report));
  },
);
