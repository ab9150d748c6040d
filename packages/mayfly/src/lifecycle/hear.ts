import type { EventKind, Instance } from "./instance.ts";
import { readied } from "./phase.ts";
import { probePauseMs } from "./probe-pause.ts";

/** What asking whether a machine is ready brought. `why` and `note` are our own words; `log` is the guest's, made visible. */
export type Heard =
  | { kind: "ready"; note?: string; log?: string[] }
  | { kind: "not-yet"; why: string }
  | { kind: "failed"; why: string; log: string[] };

/** What it makes of the row. The row itself: something else was asked for meanwhile, and it does not matter any more. */
export function hear(
  row: Instance,
  heard: Heard,
  now: number,
): { row: Instance; event?: { kind: EventKind; reason?: string } } {
  const { awaiting: wait } = row;
  if (row.desired !== "running" || row.readyAt !== undefined || !wait) return { row };
  switch (heard.kind) {
    case "ready":
      return {
        row: { ...readied(row, now, heard.note), bootLog: heard.log },
        event: { kind: "phase", reason: heard.note },
      };
    case "not-yet": {
      const nextAt = now + probePauseMs(row.spec.ready, now - wait.since);
      return { row: { ...row, awaiting: { ...wait, nextAt, heard: heard.why } } };
    }
    case "failed": {
      const reason = heard.why;
      return {
        row: {
          ...row,
          desired: "gone",
          phase: "deleting",
          reason,
          retryAt: undefined,
          awaiting: undefined,
          bootLog: heard.log,
        },
        event: { kind: "gave-up", reason },
      };
    }
    default:
      return heard satisfies never;
  }
}
