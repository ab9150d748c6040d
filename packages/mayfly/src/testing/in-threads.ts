import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { SimStorePlace } from "./stores-at.ts";
import type { SimulationResult } from "./simulation.ts";

export interface InThreadsOptions {
  threads: number;
  /** Where the worlds have their rows. @default in memory */
  place?: SimStorePlace;
}

/** Simulates these worlds on so many threads; results come as they are done. */
export async function* inThreads(
  seeds: number[],
  { threads, place = { kind: "memory" } }: InThreadsOptions,
): AsyncGenerator<SimulationResult> {
  const waiting = [...seeds];
  const results: SimulationResult[] = [];
  let running = 0;
  let failure: unknown;
  let told = Promise.withResolvers<void>();
  const tell = () => told.resolve();

  const workers = Array.from({ length: Math.min(threads, seeds.length) }, () => {
    const worker = new Worker(new URL("simulation-thread.ts", import.meta.url), { workerData: place });
    const next = () => {
      const seed = waiting.shift();
      if (seed === undefined) return;
      running += 1;
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      worker.postMessage(seed);
    };
    worker.on("message", (result: SimulationResult) => {
      running -= 1;
      results.push(result);
      next();
      tell();
    });
    worker.on("error", (error) => {
      failure = error;
      tell();
    });
    next();
    return worker;
  });
  try {
    while (running > 0 || results.length > 0) {
      if (failure) throw failure;
      if (results.length === 0) {
        await told.promise;
        told = Promise.withResolvers();
      }
      yield* results.splice(0);
    }
  } finally {
    for (const worker of workers) {
      const ended = once(worker, "exit");
      await worker.terminate();
      await ended;
    }
  }
}
