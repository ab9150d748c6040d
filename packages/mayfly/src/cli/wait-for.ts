import type { InstanceView } from "../api/instance-view.ts";
import type { Client } from "../client/client.ts";
import { ServiceUnreachable } from "../client/service-unreachable.ts";
import { formatDuration } from "../lifecycle/duration.ts";
import type { Context } from "./context.ts";
import { describeInstance } from "./describe-instance.ts";
import { bootLogText } from "./boot-log-text.ts";
import { phaseStyle } from "./phase-style.ts";
import { createProgress } from "./progress.ts";
import { localTime, timeLeft } from "./time-left.ts";
import { UserError } from "../api/user-error.ts";
import { watchInstance } from "./watch-instance.ts";

export type Goal = "running" | "stopped" | "deleted";

/** Waits until the instance is there, showing how it goes; throws when it cannot get there any more or time runs out. */
export async function waitFor(
  context: Context,
  client: Client,
  reference: string,
  options: { goal: Goal; timeoutMs: number },
): Promise<void> {
  const { goal, timeoutMs } = options;
  const began = Date.now();
  let last: InstanceView | undefined;
  const progress = createProgress(context, () => {
    const elapsed = formatDuration(Date.now() - began);
    if (!last) return "asking";
    const trouble = last.lastError === undefined ? "" : `; ${last.lastError.message}`;
    const awaits = last.awaiting === undefined ? "" : `, waiting for ${last.ready}`;
    return `${last.name} ${last.phase} for ${elapsed}${awaits}, ${timeLeft(last, Date.now())} left${trouble}`;
  });
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const instance = await watchInstance(client, reference, {
      signal,
      seen(instance) {
        if (last === undefined) progress.happened(`${instance.id} is ${instance.name}`);
        if (instance.phase !== last?.phase || instance.reason !== last.reason)
          progress.happened(line(context, instance));
        const trouble = instance.lastError?.message;
        const goesOn = standing(instance, goal) === "waiting";
        if (goesOn && trouble !== undefined && trouble !== last?.lastError?.message)
          progress.happened(`${context.style("yellow", "trouble")}: ${trouble}; it is tried again`);
        last = instance;
        return standing(instance, goal) !== "waiting";
      },
    });
    progress.stop();
    conclude(instance);
  } catch (error) {
    // Whoever stopped the service meant it: a wait does not start another one.
    if (!(error instanceof ServiceUnreachable) || last === undefined) throw error;
    throw new UserError(`the service went away while ${last.name} (${last.id}) was ${last.phase}`, {
      suggestion: `mayfly wait ${last.id} --for ${goal} starts the service again and goes on waiting`,
    });
  } finally {
    progress.stop();
  }

  function conclude(instance: InstanceView): void {
    const reason = instance.lastError?.message ?? instance.reason;
    const why = reason === undefined ? "" : `: ${reason}`;
    switch (standing(instance, goal)) {
      case "reached":
        return context.out(context.json ? JSON.stringify(instance) : describeInstance(context, instance));
      case "failed":
        if (instance.bootLog && !context.json)
          context.note(`the boot log of ${instance.name} ends with\n${bootLogText(instance.bootLog)}`);
        throw new UserError(
          `${instance.name} (${instance.id}) is ${instance.phase} and will not be ${goal}${why}`,
        );
      default:
        throw new UserError(
          `after ${formatDuration(timeoutMs)} ${instance.name} (${instance.id}) is still ${instance.phase}${why}`,
          {
            suggestion: `it goes on; mayfly wait ${instance.id} --for ${goal} waits longer`,
          },
        );
    }
  }
}

/** Where an instance stands on its way. */
export function standing(
  instance: Pick<InstanceView, "phase" | "desired">,
  goal: Goal,
): "reached" | "failed" | "waiting" {
  const { phase, desired } = instance;
  if (phase === goal && (goal === "deleted" || desired !== "gone")) return "reached";
  return goal !== "deleted" && (desired === "gone" || phase === "deleting" || phase === "deleted")
    ? "failed"
    : "waiting";
}

function line(context: Context, instance: InstanceView): string {
  const now = Date.now();
  const reason = instance.reason === undefined ? "" : `  ${context.style("dim", instance.reason)}`;
  const phase = context.style(phaseStyle(instance), instance.phase);
  return `${localTime(new Date(now).toISOString(), now)}  ${instance.name}  ${phase}${reason}`;
}
