import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { processScene } from "./process-scene.ts";

export interface ListRatio {
  runs: number;
  bareMs: number;
  listMs: number;
  ratio: number;
}

const MAYFLY = join(import.meta.dirname, "../../bin/mayfly.js");
const INSTANCES = 5;
/** They fill the caches: the kernel's, and Node's of compiled code. */
const FIRST_RUNS = 3;

/** `mayfly list`, built, against a service that runs, over a bare `node -e 0`: medians of runs that take turns. */
export async function listRatio(runs: number): Promise<ListRatio> {
  const cleans: (() => Promise<void>)[] = [];
  const scene = processScene({ after: (clean) => void cleans.push(clean) });
  try {
    const cloud = await scene.startCloud();
    const service = await scene.startService({ env: cloud.env });
    await service.answers();
    for (let index = 0; index < INSTANCES; index++) await service.client.create({ name: `lab-${index}` });

    const env = { PATH: process.env["PATH"], HOME: scene.home, MAYFLY_HOME: scene.home };
    const timed = (args: string[]) => {
      const began = performance.now();
      const { status, stdout, stderr } = spawnSync(process.execPath, args, { env, cwd: scene.home });
      const tookMs = performance.now() - began;
      if (status !== 0) throw new Error(`node ${args.join(" ")}: ${stdout}${stderr}`);
      return tookMs;
    };
    const bare = () => timed(["-e", "0"]);
    const list = () => timed([MAYFLY, "list"]);
    const turns = Array.from({ length: FIRST_RUNS + runs }, () => ({ bare: bare(), list: list() }));
    const taken = turns.slice(FIRST_RUNS);
    const [bareMs, listMs] = [median(taken.map((one) => one.bare)), median(taken.map((one) => one.list))];
    return { runs, bareMs: round(bareMs), listMs: round(listMs), ratio: round(listMs / bareMs) };
  } finally {
    for (const clean of cleans) await clean();
  }
}

const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
const round = (value: number) => Math.round(value * 100) / 100;
