import type { Circumstances, Decision } from "./decision.ts";
import type { Instance } from "./instance.ts";
import type { Machine } from "./observed.ts";
import { settled } from "./phase.ts";
import { probePauseMs } from "./probe-pause.ts";

// A moment that lies further ahead was written by a wall clock that was wrong.
const LONGEST_PAUSE_MS = 60_000;

/** The next step of an instance whose machine runs, and which is ready only when its guest says so. */
export function awaiting(row: Instance, machine: Machine, at: Circumstances): Decision {
  const { awaiting: wait, spec } = row;
  // 1. From here on the pauses count, and a user reads what it is that takes so long.
  if (!wait) {
    const reason = `its machine runs; waiting for ${spec.ready}`;
    const nextAt = at.now + probePauseMs(spec.ready, 0);
    return {
      kind: "write",
      row: { ...settled(row), phase: "provisioning", reason, awaiting: { since: at.now, nextAt } },
      event: { kind: "phase", reason },
    };
  }
  // 2. Ask, or wait until it is time to.
  const isDue = at.now >= wait.nextAt || wait.nextAt > at.now + LONGEST_PAUSE_MS;
  return isDue ? { kind: "probe", machine } : { kind: "sleep", until: wait.nextAt };
}
