// Installs what package-lock.json names, when that has not been done or is out of date. Runs on Node 20.
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { root } from "./root.mjs";
import { runStep } from "./run-step.mjs";

/** Resolves when node_modules is as the lock file says. */
export async function ensureInstalled() {
  if (isInstalled()) return;
  process.stderr.write("installing dependencies (npm ci), once …\n");
  const npm = process.env.npm_execpath ?? "";
  const [command, ...args] = npm.endsWith("npm-cli.js") ? [process.execPath, npm] : ["npm"];
  await runStep("npm ci", command, [...args, "ci", "--no-fund", "--no-audit", "--loglevel=error"]);
}

// npm writes its own copy of the lock file last.
function isInstalled() {
  const done = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(done) || !existsSync(join(root, "node_modules", ".bin", "node"))) return false;
  return statSync(done).mtimeMs >= statSync(join(root, "package-lock.json")).mtimeMs;
}
