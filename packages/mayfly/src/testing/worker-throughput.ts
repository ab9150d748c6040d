import assert from "node:assert/strict";
import { eventually } from "./eventually.ts";
import { nothingIsLeft } from "./load.ts";
import { startPostgres } from "./postgres-server.ts";
import { processScene } from "./process-scene.ts";
import { workerHome } from "./worker-home.ts";

export interface WorkerThroughput {
  workers: number;
  /** From the first request until all were running; the emulator answers at once and boots within milliseconds. */
  upPerSecond: number;
  /** From the first delete until all were gone. */
  gonePerSecond: number;
}

const AT_ONCE = 32;
const BOUND_MS = 120_000;
/** Nobody boots or stops slower than a few milliseconds. */
const TIME_SCALE = 5_000;
/** Nothing waits for the cloud's limit, nor for lists that might be late. */
const ACCOUNT = { callsPerSecond: 1_000, visibilityGapMs: 100 };

/** How many instances so many workers bring up and end in a second, all on this machine, the database and the cloud too. */
export async function workerThroughput(
  bin: string,
  { workers, instances }: { workers: number; instances: number },
): Promise<WorkerThroughput> {
  const cleans: (() => Promise<void>)[] = [];
  const scene = processScene({ after: (clean) => void cleans.push(clean) });
  try {
    const postgres = await startPostgres(bin);
    cleans.push(() => postgres.stop());
    const cloud = await scene.startCloud({ timeScale: TIME_SCALE });
    const env = { ...cloud.env, MAYFLY_DATABASE: postgres.url };
    const crew = await Promise.all(
      Array.from({ length: workers }, (_, index) =>
        scene.startService({ env, home: workerHome(scene.home, index, ACCOUNT) }),
      ),
    );
    await Promise.all(crew.map((worker) => worker.answers()));
    const client = (index: number) => crew[index % workers]!.client;
    const { doctor } = client(0);

    const upMs = await took(
      instances,
      async (index) => {
        await client(index).create({ name: `lab-${index}`, lifetime: "1h" });
      },
      async () => assert.equal((await doctor()).instances["running"], instances),
    );
    const goneMs = await took(
      instances,
      async (index) => {
        await client(index).delete(`lab-${index}`);
      },
      async () => assert.deepEqual((await doctor()).instances, {}),
    );
    await nothingIsLeft(cloud);
    const perSecond = (ms: number) => Math.round((10_000 * instances) / ms) / 10;
    return { workers, upPerSecond: perSecond(upMs), gonePerSecond: perSecond(goneMs) };
  } finally {
    for (const clean of cleans) await clean();
  }
}

async function took(
  instances: number,
  ask: (index: number) => Promise<void>,
  isDone: () => Promise<void>,
): Promise<number> {
  const began = performance.now();
  let next = 0;
  const user = async () => {
    while (next < instances) await ask(next++);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, user));
  await eventually(isDone, { boundMs: BOUND_MS, everyMs: 100 });
  return performance.now() - began;
}
