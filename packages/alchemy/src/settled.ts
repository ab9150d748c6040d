import { waitUntil } from "@mayfly/scaleway";
import type { Clock } from "@mayfly/scaleway";
import { RHYTHM } from "./patience.ts";
import { Refusal } from "./refusal.ts";

export interface SettledOptions {
  clock: Clock;
  /** For messages: `load balancer 1234`. */
  what: string;
  ready: readonly string[];
  /** What it won't come out of by itself. @default ["error", "locked"] */
  failed?: readonly string[];
  timeoutMs: number;
  /** Between two looks, once they have become rare. @default 5_000 */
  everyMs?: number;
}

/** Until its status is one of those; at once when there is no such thing any more. */
export async function settled(
  look: () => Promise<string | undefined>,
  options: SettledOptions,
): Promise<void> {
  const { clock, what, ready, failed = ["error", "locked"], timeoutMs, everyMs } = options;
  const settle = async () => {
    const status = await look();
    if (status !== undefined && failed.includes(status))
      throw new Refusal(`${what} is in the state ${status}; look at it in the console, or delete it there`);
    return status === undefined || ready.includes(status) || undefined;
  };
  const rhythm = { ...RHYTHM, everyMs: everyMs ?? RHYTHM.everyMs };
  await waitUntil(settle, { clock, what: `${what} to be ready`, timeoutMs, ...rhythm });
}
