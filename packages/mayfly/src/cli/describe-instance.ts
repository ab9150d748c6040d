import type { InstanceView } from "../api/instance-view.ts";
import { formatDuration } from "../lifecycle/duration.ts";
import type { Context } from "./context.ts";
import { costLine } from "./cost-lines.ts";
import { bootLogText } from "./boot-log-text.ts";
import { phaseStyle } from "./phase-style.ts";
import { localTime, timeLeft } from "./time-left.ts";

/** An instance in a line or two: what it is, where, and until when. */
export function describeInstance(context: Context, instance: InstanceView): string {
  const phase = context.style(phaseStyle(instance), instance.phase);
  const words = [instance.id, instance.name, phase];
  if (instance.phase === "deleted") return words.join("  ");
  return `${[...words, ...instance.ips].join("  ")}\n${deadlineLine(instance)}`;
}

/** `ends 14:05:00 (in 59m 58s), then deleted`. */
export function deadlineLine(instance: InstanceView): string {
  const now = Date.now();
  if (instance.phase === "deleted" || instance.desired === "gone") return "on its way out";
  if (instance.retainUntil !== undefined)
    return `kept until ${localTime(instance.retainUntil, now)} (${timeLeft(instance, now)}), then deleted`;
  return `ends ${localTime(instance.expiresAt, now)} (in ${timeLeft(instance, now)}), then ${instance.onExpiry === "stop" ? "stopped" : "deleted"}`;
}

/** All that is known of an instance, for people. */
export function instanceDetails(context: Context, instance: InstanceView): string {
  const now = Date.now();
  const { lastDrift, lastError, troubleSince, readyAt, endedAt } = instance;
  const rows: (readonly [string, string | undefined])[] = [
    ["id", instance.id],
    ["name", instance.name],
    ["phase", context.style(phaseStyle(instance), instance.phase)],
    ["reason", instance.reason],
    ["awaits", awaitsLine(instance)],
    ["deadline", endedAt === undefined ? deadlineLine(instance) : undefined],
    ["extends to", endedAt === undefined ? `at most ${localTime(instance.maxExpiresAt, now)}` : undefined],
    ["failsafe", failsafeLine(instance)],
    ["cost", costLine(instance)],
    ["type", `${instance.type} with ${instance.image} in ${instance.zone}`],
    ["account", instance.account],
    ["machine", instance.machineId],
    ["addresses", instance.ips.join(", ") || undefined],
    ["tags", instance.tags.join(", ") || undefined],
    ["created", localTime(instance.createdAt, now)],
    ["ready", readyAt && `${localTime(readyAt, now)} (after ${between(instance.createdAt, readyAt)})`],
    ["ended", endedAt && localTime(endedAt, now)],
    ["drift", lastDrift && `${lastDrift.reason} (${localTime(lastDrift.at, now)})`],
    ["trouble", troubleSince && `for ${formatDuration(now - Date.parse(troubleSince))}`],
    ["last error", lastError && `${lastError.message} (${lastError.code}, ${localTime(lastError.at, now)})`],
  ];
  const { bootLog } = instance;
  if (bootLog) rows.push(["boot log", `ends with\n${bootLogText(bootLog)}`]);
  return rows
    .filter((row) => row[1])
    .map(([label, value]) => `${context.style("dim", label.padEnd(10))}  ${value}`)
    .join("\n");
}

function failsafeLine({ failsafe, endedAt, onExpiry }: InstanceView): string | undefined {
  if (endedAt !== undefined) return undefined;
  if (!failsafe) return "none: its deadline needs a service that runs";
  const after = "after its deadline (a t2 or older after the last moment that it can be extended to)";
  return `it shuts itself down ${after} if nobody else does; any shutdown from inside has it ${onExpiry === "stop" ? "stopped" : "deleted"}`;
}

function awaitsLine({ awaiting, ready }: InstanceView): string | undefined {
  if (!awaiting) return undefined;
  const heard = awaiting.heard === undefined ? "" : `: ${awaiting.heard}`;
  return `${ready} since ${localTime(awaiting.since, Date.now())}${heard}`;
}

const between = (from: string, to: string): string => formatDuration(Date.parse(to) - Date.parse(from));
