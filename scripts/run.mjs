// npm start, test, test:long, simulate, bench and emulator:replay on a fresh clone: installs and builds what is missing,
// then runs it with the project's own Node.js. Runs on Node 20.
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { join } from "node:path";
import { ensureEngine } from "./alchemy-engine.mjs";
import { ensureBuilt } from "./build.mjs";
import { ensureInstalled } from "./install.mjs";
import { node, root } from "./root.mjs";

const STOP_BOUND_MS = 10_000;
const ORPHAN_CHECK_MS = 500;
const source = ["-C", "source"];

/** What each word runs, with the arguments that follow it. */
const targets = {
  start: (extra) => ["packages/mayfly/bin/mayfly.js", "demo", ...extra],
  test: (extra) =>
    extra.length === 0
      ? [...source, "scripts/run-tests.mjs"]
      : [...source, "--test", "--test-concurrency=4", ...extra, ...(namesFiles(extra) ? [] : tests)],
  "test:long": (extra) => [...source, "packages/mayfly/src/testing/long.ts", ...extra],
  simulate: (extra) => [...source, "packages/mayfly/src/testing/simulate.ts", ...extra],
  "simulate:mutants": (extra) => [
    ...source,
    "packages/mayfly/src/testing/mutants/simulate-mutants.ts",
    ...extra,
  ],
  bench: (extra) => [...source, "packages/mayfly/src/testing/bench.ts", ...extra],
  "emulator:replay": (extra) => [...source, "packages/emulator/src/testing/replay/replay.ts", ...extra],
};
const tests = ["packages/*/src/**/*.test.ts", "scripts/**/*.test.mjs"];
/** Kept from process to process, and from run to run: a test file starts in half the time. Git does not track it. */
const compiled = { NODE_COMPILE_CACHE: join(root, ".cache", "compiled") };
const namesFiles = (extra) => extra.some((word) => /^[^-].*[./]/.test(word));

const [word, ...extra] = process.argv.slice(2);
try {
  if (!Object.hasOwn(targets, word ?? ""))
    throw new Error(`use it as: node scripts/run.mjs ${Object.keys(targets).join("|")}`);
  await ensureInstalled();
  await ensureBuilt();
  if (word === "test" && (!namesFiles(extra) || extra.some((file) => file.includes("packages/alchemy"))))
    await ensureEngine();
  process.exitCode = await runHere(targets[word](extra));
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

/** Runs it in the clone; passes signals on, and ends what does not end within the bound. Resolves to its exit code. */
function runHere(args) {
  return new Promise((resolve, reject) => {
    const env = args[0] === source[0] ? { ...compiled, ...process.env } : process.env;
    const child = spawn(node, args, { cwd: root, stdio: "inherit", env });
    const end = (signal) => {
      child.kill(signal);
      setTimeout(() => child.kill("SIGKILL"), STOP_BOUND_MS).unref();
    };
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, end);
    if (process.env.npm_lifecycle_event) whenOrphaned(() => end("SIGTERM"));
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  });
}

/** npm passes SIGTERM to the shell between us, which dies of it and tells nobody. */
function whenOrphaned(then) {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    then();
  }, ORPHAN_CHECK_MS);
  timer.unref();
}
