import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { inThreads } from "./in-threads.ts";
import { simulate } from "./simulation.ts";

/** One for each core; the test runner's own thread would take half as long again: it follows every promise. */
const THREADS = 2;
const FIXED = Array.from({ length: 100 }, (_, index) => index + 1);

/** Other worlds for every commit, the same for the same one. */
function ofThisCommit(): number[] {
  const head = execFileSync("git", ["rev-parse", "HEAD"], { cwd: import.meta.dirname, encoding: "utf8" });
  const first = 1_000_000 + Number.parseInt(head.slice(0, 6), 16);
  return Array.from({ length: 100 }, (_, index) => first + index);
}

for (const [name, seeds] of [
  ["fixed", FIXED],
  ["this commit's", ofThisCommit()],
] as const)
  test(`the promises hold in ${seeds.length} worlds of ${name} seeds, with crashes at every await and lost answers`, async (t) => {
    const total = { worlds: 0, lifecycles: 0, crashes: 0, faults: 0 };
    const violations: string[] = [];
    for await (const result of inThreads(seeds, { threads: THREADS })) {
      total.worlds += 1;
      total.lifecycles += result.lifecycles;
      total.crashes += result.crashes;
      total.faults += result.faults;
      violations.push(...result.violations.map((violation) => `seed ${result.seed}: ${violation}`));
    }
    t.diagnostic(`seeds ${seeds[0]}–${seeds.at(-1)}: ${JSON.stringify(total)}`);
    assert.deepEqual(violations, []);
    assert.equal(total.worlds, seeds.length);
    assert.ok(
      total.crashes > seeds.length && total.faults > 10 * seeds.length,
      "the worlds were too kind to prove anything",
    );
  });

test("a seed replays exactly", async () => {
  for (const seed of [2, 3])
    assert.deepEqual(await simulate(seed, { story: true }), await simulate(seed, { story: true }));
});
