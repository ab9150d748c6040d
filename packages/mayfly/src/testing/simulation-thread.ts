import { parentPort } from "node:worker_threads";
import { simulate } from "./simulation.ts";

// One world for each seed that is sent.
parentPort!.on("message", async (seed: number) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort!.postMessage(await simulate(seed));
});
