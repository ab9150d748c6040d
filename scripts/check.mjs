// `npm run check`: format, lint, types, fences, dead code; every failure is shown, not only the first.
import { spawnSync } from "node:child_process";
import { ensureEngine, isInstalled } from "./alchemy-engine.mjs";
import { ensureInstalled } from "./install.mjs";

await ensureInstalled();
// Half a gigabyte is not fetched for a check, but where everything has to be judged.
const hasEngine = (process.env.CI || isInstalled()) && (await ensureEngine());
if (!hasEngine) console.log("SKIP types of packages/alchemy on its engine, which `npm test` installs");
const bin = (name) => `node_modules/.bin/${name}`;
const steps = [
  ["format", [bin("oxfmt"), "--check", "."]],
  ["lint", [bin("oxlint"), "packages", "scripts"]],
  ["types", [bin("tsc"), "-p", "tsconfig.json"]],
  [
    "types of lifecycle/ (no node, no DOM)",
    [bin("tsc"), "-p", "packages/mayfly/src/lifecycle/tsconfig.json"],
  ],
  ...(hasEngine
    ? [["types of alchemy/ on its engine", [bin("tsc"), "-p", "packages/alchemy/tsconfig.engine.json"]]]
    : []),
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
