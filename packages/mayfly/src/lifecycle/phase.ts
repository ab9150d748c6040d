import type { Decision } from "./decision.ts";
import type { Instance, Phase } from "./instance.ts";
import type { Kind } from "./observed.ts";

/** Waits in this phase, or enters it. */
export function inPhase(row: Instance, phase: Phase, what: Kind): Decision {
  return row.phase === phase ? { kind: "watch", what } : toPhase(row, phase, row.reason);
}

export const toPhase = (row: Instance, phase: Phase, reason: string | undefined): Decision => ({
  kind: "write",
  row: { ...(phase === "stopped" ? settled(row) : row), phase, reason },
  event: { kind: "phase", reason },
});

/** The row after a step that went well. */
export const settled = (row: Instance): Instance => ({
  ...row,
  failures: 0,
  retryAt: undefined,
  lastError: undefined,
  troubleSince: undefined,
});
