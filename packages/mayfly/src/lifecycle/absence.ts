import type { Circumstances, Decision } from "./decision.ts";
import type { Instance } from "./instance.ts";

// A moment that lies further ahead was written by a wall clock that was wrong.
const FUTURE_MS = 5_000;

/** While an attempt is under way, and within the gap after it, a list that shows nothing proves nothing. */
export function tooSoon({ launch }: Instance, lookedAt: number, at: Circumstances): boolean {
  if (!launch) return false;
  if (launch.endedAt === undefined) return true;
  const endedAt = launch.endedAt > at.now + FUTURE_MS ? -Infinity : launch.endedAt;
  return lookedAt < Math.max(endedAt, at.steadySince) + at.visibilityGapMs;
}

/** One list without its machine proves little: an instance is paid for, and its end cannot be taken back. */
export function missing(row: Instance, lookedAt: number, at: Circumstances): Decision {
  if (row.missingSince === undefined || row.missingSince > at.now + FUTURE_MS)
    return { kind: "write", row: { ...row, missingSince: Math.min(lookedAt, at.now) } };
  if (lookedAt < row.missingSince + at.visibilityGapMs) return { kind: "watch", what: "machine" };
  const reason = "its machine was deleted by somebody else";
  return {
    kind: "write",
    row: { ...row, desired: "gone", phase: "deleting", reason },
    event: { kind: "lost", reason },
  };
}
