// `npm run check`: format, lint, types, fences, dead code; every failure is shown, not only the first.
import { spawnSync } from "node:child_process";
import { ensureInstalled } from "./install.mjs";

await ensureInstalled();
const bin = (name) => `node_modules/.bin/${name}`;
const steps = [
  ["format", [bin("oxfmt"), "--check", "."]],
  ["lint", [bin("oxlint"), "packages", "scripts"]],
  ["types", [bin("tsc"), "-p", "tsconfig.json"]],
  [
    "types of lifecycle/ (no node, no DOM)",
    [bin("tsc"), "-p", "packages/mayfly/src/lifecycle/tsconfig.json"],
  ],
  ["fences", [bin("depcruise"), "--config", ".dependency-cruiser.mjs", "packages"]],
  ["dead code", [bin("knip")]],
];
let failed = 0;
for (const [name, command] of steps) {
  const began = Date.now();
  // The tools run on the project's own Node, whichever one started this script.
  const { status } = spawnSync("node_modules/.bin/node", command, { stdio: "inherit" });
  console.log(`${status === 0 ? "ok  " : "FAIL"} ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  if (status !== 0) failed += 1;
}
process.exit(failed === 0 ? 0 : 1);
