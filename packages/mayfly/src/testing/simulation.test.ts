import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { simulate } from "./simulation.ts";
import { worldsOn } from "./worlds-on.ts";

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
    const report = await worldsOn(seeds, { threads: THREADS });
    t.diagnostic(`seeds ${seeds[0]}–${seeds.at(-1)}: ${JSON.stringify(report)}`);
  });

test("a seed replays exactly", async () => {
  for (const seed of [2, 3])
    assert.deepEqual(await simulate(seed, { story: true }), await simulate(seed, { story: true }));
});
