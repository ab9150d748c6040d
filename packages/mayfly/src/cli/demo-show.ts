import type { EventView, InstanceView } from "../api/instance-view.ts";
import type { Client } from "../client/client.ts";
import { formatDuration } from "../lifecycle/duration.ts";
import type { Context } from "./context.ts";
import { phaseStyle } from "./phase-style.ts";
import { createProgress, progressBar } from "./progress.ts";
import { endOf, localTime, timeLeft } from "./time-left.ts";
import { watchInstance } from "./watch-instance.ts";

/** Shows one instance live until it is gone or the signal aborts. */
export async function showLife(
  context: Context,
  client: Client,
  options: { instance: InstanceView; signal: AbortSignal },
): Promise<InstanceView> {
  const { signal } = options;
  const began = Date.parse(options.instance.createdAt);
  let last = options.instance;
  let told = "";
  const progress = createProgress(context, () => moving(last, began));
  try {
    return await watchInstance(client, options.instance.id, {
      signal,
      seen(instance, event) {
        last = instance;
        const text = happened(context, instance, event);
        if (text !== told) progress.happened(text);
        told = text;
        return instance.phase === "deleted";
      },
    });
  } finally {
    progress.stop();
  }
}

/** `[████░░░░] demo-1 running, 42s left` */
function moving(instance: InstanceView, began: number): string {
  const now = Date.now();
  const end = endOf(instance);
  const bar = progressBar((now - began) / (end - began), 30);
  return `${bar} ${instance.name} ${instance.phase}, ${timeLeft(instance, now)}${end > now ? " left" : ""}`;
}

function happened(context: Context, instance: InstanceView, event: EventView | undefined): string {
  const now = Date.now();
  const elapsed = `+${((now - Date.parse(instance.createdAt)) / 1000).toFixed(1)} s`.padStart(9);
  const kind = event === undefined || event.kind === "phase" ? "" : ` (${event.kind})`;
  const phase = context.style(phaseStyle(instance), `${instance.phase}${kind}`.padEnd(24));
  const left = instance.desired === "gone" ? "" : `${formatDuration(endOf(instance) - now)} left`;
  const more = [left, instance.phase === "running" ? instance.ips.join(" ") : "", instance.reason ?? ""];
  return `${localTime(new Date(now).toISOString(), now)} ${elapsed}  ${phase} ${more.filter(Boolean).join("  ")}`.trimEnd();
}
