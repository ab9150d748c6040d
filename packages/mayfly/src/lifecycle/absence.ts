import type { Circumstances, Decision } from "./decision.ts";
import type { Instance } from "./instance.ts";
import { poweredOff } from "./metering.ts";
import type { Observed } from "./observed.ts";

// A moment that lies further ahead was written by a wall clock that was wrong.
const FUTURE_MS = 5_000;

/** While an attempt is under way, and within the gap after it, a list that shows nothing proves nothing. */
export function tooSoon({ launch }: Instance, lookedAt: number, at: Circumstances): boolean {
  if (!launch) return false;
  if (launch.endedAt === undefined) return true;
  const endedAt = launch.endedAt > at.now + FUTURE_MS ? -Infinity : launch.endedAt;
  return lookedAt < Math.max(endedAt, at.steadySince) + at.visibilityGapMs;
}

/** True when an earlier look, so much before this one, lacked it too; else what to do first. */
export function missedAgain(
  row: Instance,
  lookedAt: number,
  at: Circumstances,
  apartMs: number,
): Decision | true {
  if (row.missingSince === undefined || row.missingSince > at.now + FUTURE_MS)
    return { kind: "write", row: { ...row, missingSince: Math.min(lookedAt, at.now) } };
  return lookedAt >= row.missingSince + apartMs || { kind: "watch", what: "machine" };
}

/** One list without its machine proves little: an instance is paid for, and its end cannot be taken back. */
export function missing(
  row: Instance,
  { at: lookedAt, byId }: NonNullable<Observed["machine"]>,
  at: Circumstances,
): Decision {
  const again = missedAgain(row, lookedAt, at, at.visibilityGapMs);
  if (again !== true) return again;
  if (byId === undefined) return { kind: "watch", what: "machine" };
  if (byId === "unmarked") return letGo(row, lookedAt);
  const { spec, onExpiry } = row;
  // Its failsafe ends such a machine by a shutdown: so does any other shutdown from inside.
  const orBy = spec.failsafe && onExpiry === "delete" ? ", or by a shutdown from inside" : "";
  const reason = `its machine was deleted by somebody else${orBy}`;
  return {
    kind: "write",
    row: { ...poweredOff(row, row.missingSince!), desired: "gone", phase: "deleting", reason },
    event: { kind: "lost", reason },
  };
}

/**
 * Somebody took our mark off its machine, or moved its volume to a machine of theirs. What carries no mark is never
 * touched, nor what such a machine holds: the sweep takes what still carries the mark, once it hangs on nothing.
 */
export function letGo(row: Instance, lookedAt: number): Decision {
  const stranger = row.holder ?? row.footprint.machine;
  const machine = row.footprint.machine === stranger ? undefined : row.footprint.machine;
  const reason = `machine ${stranger} is there without our mark, runs on and is billed: Mayfly lets go of it, and of what it holds`;
  return {
    kind: "write",
    row: {
      ...poweredOff(row, lookedAt),
      desired: "gone",
      phase: "deleting",
      reason,
      letGo: stranger,
      holder: undefined,
      missingSince: undefined,
      footprint: { ...row.footprint, machine },
    },
    event: { kind: "released", reason },
  };
}
