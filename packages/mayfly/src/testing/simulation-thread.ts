import { parentPort, workerData } from "node:worker_threads";
import { storesAt } from "./stores-at.ts";
import type { SimStorePlace } from "./stores-at.ts";
import { simulate } from "./simulation.ts";

const stores = storesAt(workerData as SimStorePlace);

// One world for each seed that is sent.
parentPort!.on("message", async (seed: number) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort!.postMessage(await simulate(seed, { stores }));
});
