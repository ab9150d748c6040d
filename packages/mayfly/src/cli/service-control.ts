import { setTimeout as sleep } from "node:timers/promises";
import { ServiceUnreachable } from "../client/service-unreachable.ts";
import { socketPath } from "../client/socket-path.ts";
import { connect, hasInstances } from "./connect.ts";
import type { Context } from "./context.ts";
import { UserError } from "../api/user-error.ts";

const STOP_BOUND_MS = 12_000;

/** Says whether this home's service runs: exit code 0 when it does, 1 when not. */
export async function serviceStatus(context: Context): Promise<number> {
  const pid = await runningPid(context);
  const socket = await socketPath(context.home, context.env);
  if (context.json)
    context.out(JSON.stringify({ running: pid !== undefined, pid, socketPath: socket, home: context.home }));
  else if (pid !== undefined) context.out(`running for ${context.home} (pid ${pid}) on ${socket}`);
  else {
    const kept = hasInstances(context)
      ? "; instances there are ended by nobody: mayfly service, or any command, starts one"
      : "";
    context.out(`not running for ${context.home}${kept}`);
  }
  return pid === undefined ? 1 : 0;
}

/** Asks it to stop, and waits until it has. */
export async function stopService(context: Context): Promise<number> {
  const pid = await runningPid(context);
  if (pid !== undefined) {
    process.kill(pid, "SIGTERM");
    for (const end = Date.now() + STOP_BOUND_MS; isAlive(pid); await sleep(50))
      if (Date.now() > end)
        throw new UserError(`the service (pid ${pid}) does not stop`, {
          suggestion: `kill -9 ${pid} loses nothing`,
        });
  }
  if (context.json) context.out(JSON.stringify({ running: false, stopped: pid }));
  else context.out(pid === undefined ? `not running for ${context.home}` : `stopped (pid ${pid})`);
  return 0;
}

async function runningPid(context: Context): Promise<number | undefined> {
  try {
    const { pid } = await (await connect(context)).health();
    // 0 and what is negative mean whole groups of processes.
    if (Number.isInteger(pid) && pid > 1) return pid;
    throw new UserError(`the service of ${context.home} says no number of its process`);
  } catch (error) {
    if (error instanceof ServiceUnreachable && error.reason === "absent") return undefined;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
