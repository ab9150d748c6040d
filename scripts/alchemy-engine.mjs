// Installs what the tests of packages/alchemy need, once: the engine is half a gigabyte, which nobody else has to carry.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  copyFileSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "./root.mjs";
import { runStep } from "./run-step.mjs";

const home = join(root, "packages", "alchemy", "engine");
const lock = join(home, "package-lock.json");
const modules = join(home, "node_modules");
const stamp = join(modules, ".installed-from.json");

/** Whether it is there; where it cannot be had, that is said aloud, and is a failure in CI. */
export async function ensureEngine() {
  try {
    if (!isInstalled()) await install();
    link();
    return true;
  } catch (error) {
    if (process.env.CI) throw error;
    process.stderr.write(`\n  SKIPPED: ${error.message}\n  packages/alchemy is not tried on its engine\n\n`);
    return false;
  }
}

/** Whether it was installed, from this lock file. */
export function isInstalled() {
  return existsSync(stamp) && readFileSync(stamp, "utf8") === readFileSync(lock, "utf8");
}

async function install() {
  process.stderr.write("installing the engine of packages/alchemy, once …\n");
  // Others may be at it too: it appears whole or not at all.
  const making = mkdtempSync(join(home, ".making-"));
  try {
    for (const file of ["package.json", "package-lock.json", ".npmrc"])
      copyFileSync(join(home, file), join(making, file));
    const quiet = ["--prefix", making, "--ignore-scripts", "--no-fund", "--no-audit", "--loglevel=error"];
    await runStep("npm ci of packages/alchemy/engine", "npm", ["ci", ...quiet]);
    writeFileSync(join(making, "node_modules", ".installed-from.json"), readFileSync(lock));
    rmSync(modules, { recursive: true, force: true });
    renameSync(join(making, "node_modules"), modules);
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
}

/** Where the package's own sources find it. */
function link() {
  for (const name of Object.keys(JSON.parse(readFileSync(join(home, "package.json"), "utf8")).dependencies)) {
    const at = join(root, "packages", "alchemy", "node_modules", name);
    if (existsSync(at)) continue;
    mkdirSync(dirname(at), { recursive: true });
    rmSync(at, { force: true });
    symlinkSync(relative(dirname(at), join(modules, name)), at, "dir");
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = (await ensureEngine()) ? 0 : 1;
