import type { Circumstances, Decision } from "./decision.ts";
import type { Instance } from "./instance.ts";
import type { Machine } from "./observed.ts";

/**
 * The machine is not as it was left, and somebody else did it: that is told first, in an event and in the row, and put
 * right by the decision after it; what its machine costs from the look on is metered with it. While lists may still show the time before our own last call, nobody is blamed.
 *
 * @param row with its meters as of the look
 * @param seen what it is, and what is done about it
 * @param change what of the row makes the next decision put it right
 */
export function drift(
  row: Instance,
  lookedAt: number,
  at: Circumstances,
  { seen, change }: { seen: string; change: Partial<Instance> },
): Decision {
  // A moment that a wrong wall clock wrote is no measure.
  const acted = row.actedAt > at.now || row.actedAt < at.steadySince ? -Infinity : row.actedAt;
  if (lookedAt < acted + at.visibilityGapMs) return { kind: "watch", what: "machine" };
  return {
    kind: "write",
    row: { ...row, ...change, lastDrift: { reason: seen, at: at.now } },
    event: { kind: "drift", reason: seen },
  };
}

/** The deadline as a mark holds it: in whole seconds. */
export const markOf = ({ expiresAt }: Instance): number => Math.floor(expiresAt / 1000) * 1000;

/** The row with what a look confirmed of its machine's marks; the same object when that is nothing new. */
export function withMark(row: Instance, own: Machine): Instance {
  const right = own.instanceId === row.id && own.expiresAt === markOf(row);
  return right && row.marked !== own.expiresAt ? { ...row, marked: own.expiresAt } : row;
}

/** What is wrong with the machine's marks; undefined when nothing is. */
export function wrongMark(row: Instance, own: Machine): string | undefined {
  if (own.instanceId !== row.id) return "has another instance in its mark";
  if (own.expiresAt === markOf(row)) return undefined;
  if (own.expiresAt !== undefined)
    return `has the deadline ${new Date(own.expiresAt).toISOString().replace(".000Z", "Z")} in its mark`;
  // It may be an old one, made before there were such marks.
  return row.marked === undefined ? undefined : "has no deadline in its mark";
}
