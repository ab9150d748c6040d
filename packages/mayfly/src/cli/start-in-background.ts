import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { closeSync, fchmodSync, fstatSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { ProblemDocument } from "../api/problem.ts";
import type { Client } from "../client/client.ts";
import type { Context } from "./context.ts";
import { exitCode } from "./exit-code.ts";
import type { ExitCode } from "./exit-code.ts";
import { UserError } from "../api/user-error.ts";

const BOUND_MS = 15_000;
/** How long another service may take to answer after ours found the home locked. */
const OTHERS_MS = 2_000;

/** Starts this home's service, detached, and waits until it answers. Credentials go by the environment, never as arguments. */
export async function startInBackground(context: Context, client: Client): Promise<void> {
  mkdirSync(context.home, { recursive: true, mode: 0o700 });
  const logFile = join(context.home, "service.log");
  const log = openSync(logFile, "a", 0o600);
  fchmodSync(log, 0o600);
  const from = fstatSync(log).size;
  const child = spawn(process.execPath, [...process.execArgv, process.argv[1]!, "service", "--json"], {
    env: { ...context.env, MAYFLY_HOME: context.home },
    detached: true,
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  child.unref();
  const pid = await answeringPid(child, client);
  if (pid === undefined) throw notStarted(child, logFile, from);
  context.note(`started the service (pid ${pid}): a deadline needs someone to keep it; see mayfly doctor`);
}

async function answeringPid(child: ChildProcess, client: Client): Promise<number | undefined> {
  let deadline = Date.now() + BOUND_MS;
  child.once("exit", () => (deadline = Math.min(deadline, Date.now() + OTHERS_MS)));
  child.once("error", () => (deadline = 0));
  while (Date.now() < deadline) {
    const health = await client.health().catch(() => undefined);
    if (health) return health.pid;
    if (saidWhy(child)) return undefined;
    await sleep(25);
  }
  return undefined;
}

/** It ended by itself with a reason that another service would not cure. */
const saidWhy = ({ exitCode: code }: ChildProcess): boolean =>
  code === exitCode.usage || code === exitCode.failed;

function notStarted(child: ChildProcess, logFile: string, from: number): UserError {
  const lines = readFileSync(logFile).subarray(from).toString("utf8").trimEnd().split("\n");
  const problem = problemIn(lines.at(-1) ?? "");
  if (problem)
    return new UserError(problem.detail, {
      exitCode: (child.exitCode ?? exitCode.failed) as ExitCode,
      suggestion: problem.suggestion,
      problems: problem.problems ?? [],
    });
  const how =
    child.exitCode === null
      ? `did not answer within ${BOUND_MS / 1000} s`
      : `ended with code ${child.exitCode}`;
  return new UserError(`the service ${how}; the end of ${logFile}`, {
    problems: lines.slice(-12).map((message) => ({ path: "", message })),
  });
}

/** With `--json` the service's last words are a problem document. */
function problemIn(line: string): (ProblemDocument & { suggestion?: string }) | undefined {
  try {
    const value: unknown = JSON.parse(line);
    const isOne = typeof value === "object" && value !== null && "detail" in value && "type" in value;
    return isOne ? (value as ProblemDocument) : undefined;
  } catch {
    return undefined;
  }
}
