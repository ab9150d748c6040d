import { formatDuration } from "./duration.ts";
import type { EventKind, Instance } from "./instance.ts";
import { can } from "./instance-can.ts";

/** What a request makes of a row; a string says why it is refused. The row itself: it was so already. */
export type Answer = { row: Instance; event?: EventKind } | string;

const iso = (ms: number) => new Date(ms).toISOString().replace(/[.]\d+Z$/, "Z");
const ending = (row: Instance) => `${row.id} is ${row.phase}${row.reason ? ` (${row.reason})` : ""}`;

/** Moves the deadline to exactly `expiresAt`. A repeat of an accepted request is accepted and changes nothing. */
export function extend(row: Instance, to: { expiresAt: number; ifExpiresAt?: number }, now: number): Answer {
  if (!can("extend", row))
    return `${ending(row)}: what is being deleted cannot be extended; create a new one`;
  if (row.expiresAt === to.expiresAt && row.retainUntil === undefined) return { row };
  if (to.ifExpiresAt !== undefined && to.ifExpiresAt !== row.expiresAt)
    return `the deadline of ${row.id} has moved to ${iso(row.expiresAt)} in the meantime; read it and ask again`;
  if (to.expiresAt > row.maxExpiresAt)
    return `${row.id} may live until ${iso(row.maxExpiresAt)} at most (${formatDuration(row.maxExpiresAt - row.createdAt)} after its creation)`;
  if (to.expiresAt <= now) return `${iso(to.expiresAt)} has passed; to end ${row.id} now, delete it`;
  if (to.expiresAt < row.expiresAt)
    return `${row.id} lives until ${iso(row.expiresAt)} already; a deadline only moves ahead`;
  // A machine that its deadline stopped starts again; one that its user stopped stays so.
  const revived = row.retainUntil !== undefined;
  return {
    row: {
      ...row,
      expiresAt: to.expiresAt,
      retainUntil: undefined,
      ...(revived && runningAgain("extended after its deadline", now)),
      nextActionAt: now,
    },
    event: "extended",
  };
}

export function start(row: Instance, now: number): Answer {
  if (!can("start", row)) return `${ending(row)}: it cannot be started; create a new one`;
  if (row.desired === "running") return { row };
  if (row.retainUntil !== undefined || row.expiresAt <= now)
    return `the lifetime of ${row.id} is over; extend it, and it starts again`;
  return {
    row: { ...row, ...runningAgain("start requested", now), retryAt: undefined, nextActionAt: now },
    event: "start-requested",
  };
}

/** What was seen until now counts no more: a machine that is about to stop was running a moment ago. */
const runningAgain = (reason: string, now: number) => ({ desired: "running" as const, reason, actedAt: now });

export function stop(row: Instance, now: number): Answer {
  if (!can("stop", row)) return `${ending(row)}: it cannot be stopped`;
  if (row.desired === "stopped") return { row };
  if (row.readyAt === undefined) return `${row.id} is not ready yet; wait for it, or delete it`;
  return {
    row: {
      ...row,
      desired: "stopped",
      phase: "stopping",
      reason: "stop requested",
      retryAt: undefined,
      nextActionAt: now,
    },
    event: "stop-requested",
  };
}

/** Legal in every state. */
export function remove(row: Instance, now: number): Answer {
  if (row.desired === "gone" || row.phase === "deleted") return { row };
  return {
    row: {
      ...row,
      desired: "gone",
      phase: "deleting",
      reason: "delete requested",
      retryAt: undefined,
      nextActionAt: now,
    },
    event: "delete-requested",
  };
}
