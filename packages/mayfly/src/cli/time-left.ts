import type { InstanceView } from "../api/instance-view.ts";
import { formatDuration } from "../lifecycle/duration.ts";

type Timed = Pick<InstanceView, "phase" | "expiresAt" | "retainUntil">;

/** How long until it ends: its deadline, or, stopped by it, the end of its retention. */
export function timeLeft(instance: Timed, now: number): string {
  if (instance.phase === "deleted") return "gone";
  if (instance.phase === "deleting") return "ending";
  const left = endOf(instance) - now;
  return left <= 0 ? "due" : formatDuration(left);
}

export const endOf = ({ expiresAt, retainUntil }: Timed): number => Date.parse(retainUntil ?? expiresAt);

/** An instant in local time; with its day when that is not today. */
export function localTime(iso: string, now: number): string {
  const at = new Date(iso);
  const two = (value: number) => String(value).padStart(2, "0");
  const time = `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
  const today = at.toDateString() === new Date(now).toDateString();
  return today ? time : `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${time}`;
}
