// Installs what package-lock.json names, when that has not been done or is out of date. Runs on Node 20.
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { root } from "./root.mjs";
import { runStep } from "./run-step.mjs";

/** Resolves when node_modules is as the lock file says. */
export async function ensureInstalled() {
  if (isInstalled()) return;
  process.stderr.write("installing dependencies, once …\n");
  const refusal = await npm(["ci", ...quiet]).catch((error) => error);
  if (refusal === undefined) return;
  // npm ci wants the lock file to name optional packages of every platform, also those that a registry does not have.
  // Installing without saving takes the same versions and leaves the lock file alone.
  if (!/EUSAGE/.test(refusal.output ?? "")) throw refusal;
  await npm(["install", "--no-save", ...quiet]);
}

const quiet = ["--no-fund", "--no-audit", "--loglevel=error"];

function npm(args) {
  const path = process.env.npm_execpath ?? "";
  const [command, ...first] = path.endsWith("npm-cli.js") ? [process.execPath, path] : ["npm"];
  return runStep(`npm ${args[0]}`, command, [...first, ...args]);
}

// npm writes its own copy of the lock file last.
function isInstalled() {
  const done = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(done) || !existsSync(join(root, "node_modules", ".bin", "node"))) return false;
  return statSync(done).mtimeMs >= statSync(join(root, "package-lock.json")).mtimeMs;
}
