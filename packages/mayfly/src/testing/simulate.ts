// npm run simulate: worlds by seed, on two threads; prints one line of JSON last.
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { inThreads } from "./in-threads.ts";
import { shortStory } from "./short-story.ts";
import { openSimPlace, SIM_STORES } from "./open-sim-place.ts";
import { storesAt } from "./stores-at.ts";
import { simulate } from "./simulation.ts";
import type { SimulationResult } from "./simulation.ts";

const options = {
  seeds: { type: "string", default: "100" },
  from: { type: "string", default: "1" },
  story: { type: "boolean", default: false },
  store: { type: "string", default: "memory" },
  threads: { type: "string", default: String(Math.min(2, availableParallelism())) },
} as const;
const values = readOptions();
const [seeds, from, threads] = [Number(values.seeds), Number(values.from), Number(values.threads)];
const kind = SIM_STORES.find((one) => one === values.store);
if (
  kind === undefined ||
  ![seeds, from, threads].every(Number.isSafeInteger) ||
  seeds < 1 ||
  from < 0 ||
  threads < 1
)
  refuse();

const began = performance.now();
const total = { seeds, lifecycles: 0, crashes: 0, faults: 0, violations: 0, simulatedDays: 0, seconds: 0 };
const clouds: Record<string, number> = {};
const failed: SimulationResult[] = [];
const every = Array.from({ length: seeds }, (_, index) => from + index);
const { place, close } = await openSimPlace(kind);
const stores = storesAt(place);
const results = values.story ? here(every) : inThreads(every, { threads, place });
for await (const result of withProgress(results)) {
  clouds[result.cloud] = (clouds[result.cloud] ?? 0) + 1;
  total.lifecycles += result.lifecycles;
  total.crashes += result.crashes;
  total.faults += result.faults;
  total.violations += result.violations.length;
  total.simulatedDays += result.simulatedMs / 86_400_000;
  for (const line of result.story) console.log(line);
  for (const violation of result.violations)
    console.error(`seed ${result.seed} (${result.cloud}): ${violation}`);
  if (result.violations.length > 0) failed.push(result);
}
// The first one told in short: what did not matter is left out.
const [first] = failed.sort((a, b) => a.seed - b.seed);
if (first && !values.story) {
  console.error(`\nseed ${first.seed}, in short:`);
  for (const line of await shortStory(first, { stores })) console.error(line);
  console.error(
    `again, at length: npm run simulate -- --store ${kind} --seeds 1 --from ${first.seed} --story`,
  );
}
total.seconds = Math.round((performance.now() - began) / 100) / 10;
total.simulatedDays = Math.round(total.simulatedDays * 100) / 100;
console.log(JSON.stringify({ ...total, clouds }));
await close();
process.exit(total.violations > 0 ? 1 : 0);

async function* withProgress<T>(results: AsyncIterable<T>): AsyncGenerator<T> {
  let done = 0;
  for await (const result of results) {
    yield result;
    done += 1;
    if (process.stderr.isTTY && done % 10 === 0) process.stderr.write(`\r${done}/${seeds}`);
  }
}

async function* here(list: number[]): AsyncGenerator<SimulationResult> {
  for (const seed of list) yield await simulate(seed, { stores, story: true });
}

function readOptions() {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    return refuse((error as Error).message);
  }
}

function refuse(why?: string): never {
  if (why !== undefined) console.error(why);
  console.error(
    `usage: npm run simulate -- --seeds N --from M [--store ${SIM_STORES.join("|")}] [--story] [--threads T]`,
  );
  process.exit(2);
}
