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

/** The row of an instance that is ready, perhaps again. */
export const readied = (row: Instance, now: number, reason?: string): Instance => ({
  ...settled(row),
  phase: "running",
  reason,
  awaiting: undefined,
  readyAt: row.readyAt ?? now,
});

/** The step that these meters lead to, or the write of them where no other write brings them. */
export function withMeters(row: Instance, metered: Instance, next: (row: Instance) => Decision): Decision {
  const step = next(metered);
  return step.kind === "write" || metered === row ? step : { kind: "write", row: metered };
}
