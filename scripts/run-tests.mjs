// Every test file, for npm test: those that wait for real processes and their deadlines are spread among those that
// compute, so that neither the cores nor the end of the run wait for them. node --test knows no order but the alphabet's.
import { globSync } from "node:fs";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { root } from "./root.mjs";

/** More than there are cores: some wait. */
const AT_ONCE = 4;
/** Of the files that compute, so many have begun when the last of those that wait begins. */
const SPREAD_OVER = 2 / 3;
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];

const all = globSync(["packages/*/src/**/*.test.ts", "scripts/**/*.test.mjs"], { cwd: root }).sort();
const waiting = all.filter((file) => /\/src\/service\.[^/]*$/.test(file));
const computing = all.filter((file) => !waiting.includes(file));
const every = Math.max(1, Math.floor((computing.length * SPREAD_OVER) / waiting.length));
const files = [
  ...computing.flatMap((file, index) => (index % every === 0 ? [...waiting.splice(0, 1), file] : [file])),
  ...waiting,
];

const ending = new AbortController();
for (const signal of SIGNALS) process.once(signal, () => ending.abort());
const results = run({ cwd: root, files, concurrency: AT_ONCE, signal: ending.signal });
results.on("test:fail", ({ todo }) => {
  if (todo === undefined || todo === false) process.exitCode = 1;
});
results.compose(spec).pipe(process.stdout);
