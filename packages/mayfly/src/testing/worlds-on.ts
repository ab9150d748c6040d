import assert from "node:assert/strict";
import { inThreads } from "./in-threads.ts";
import type { InThreadsOptions } from "./in-threads.ts";

export interface WorldsReport {
  worlds: number;
  lifecycles: number;
  crashes: number;
  faults: number;
}

/** Simulates these worlds; throws when a promise did not hold in one, or when they proved nothing. */
export async function worldsOn(seeds: number[], options: InThreadsOptions): Promise<WorldsReport> {
  const total = { worlds: 0, lifecycles: 0, crashes: 0, faults: 0 };
  const violations: string[] = [];
  for await (const result of inThreads(seeds, options)) {
    total.worlds += 1;
    total.lifecycles += result.lifecycles;
    total.crashes += result.crashes;
    total.faults += result.faults;
    violations.push(...result.violations.map((violation) => `seed ${result.seed}: ${violation}`));
  }
  assert.deepEqual(violations, []);
  assert.equal(total.worlds, seeds.length);
  assert.ok(
    total.crashes >= seeds.length && total.faults > 10 * seeds.length,
    `the worlds were too kind to prove anything: ${JSON.stringify(total)}`,
  );
  return total;
}
