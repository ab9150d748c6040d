import type { Ready } from "./instance.ts";

/** SSH costs no call to the cloud; cloud-init costs one, and rarely ends within seconds. */
const PACES: Record<Ready, { shortestMs: number; longestMs: number; patience: number }> = {
  cloud: { shortestMs: 0, longestMs: 0, patience: 0 },
  ssh: { shortestMs: 1_000, longestMs: 10_000, patience: 0.1 },
  "cloud-init": { shortestMs: 5_000, longestMs: 30_000, patience: 0.25 },
};

/** How long to wait before a guest is asked again: in proportion to how long it was waited for already. */
export function probePauseMs(ready: Ready, waitedMs: number): number {
  const { shortestMs, longestMs, patience } = PACES[ready];
  return Math.min(longestMs, Math.max(shortestMs, Math.round(waitedMs * patience)));
}
