import type { Circumstances, Decision } from "./decision.ts";
import { formatDuration } from "./duration.ts";
import type { Instance } from "./instance.ts";

const DISPUTED = "its deadline has passed by this machine's clock, but not by the cloud's";

/** Ends what is over: by its deadline, its retention, or the patience for provisioning. Undefined when nothing is. */
export function ending(row: Instance, at: Circumstances): Decision | undefined {
  if (row.desired === "gone") return undefined;
  const over = (moment: number) => at.endNow >= moment;

  // 1. Stopped by its deadline, and kept long enough.
  if (row.retainUntil !== undefined) {
    if (!over(row.retainUntil)) return undefined;
    return toGone(row, "expired", `kept ${formatDuration(row.retainMs)} after its deadline`);
  }

  // 2. The deadline. A machine that never ran is not worth keeping.
  if (over(row.expiresAt)) {
    if (row.readyAt === undefined) {
      const why = row.lastError?.message ?? unheard(row);
      const never = row.awaiting ? "was never ready" : "never ran";
      const cause = why === undefined ? "" : `: ${why}`;
      return toGone(row, "expired", `its lifetime is over, and it ${never}${cause}`);
    }
    if (row.onExpiry === "delete") return toGone(row, "expired", "its lifetime is over");
    const reason = `its lifetime is over; kept for ${formatDuration(row.retainMs)}`;
    const stopping = row.desired === "running";
    return {
      kind: "write",
      row: {
        ...row,
        desired: "stopped",
        phase: stopping ? "stopping" : row.phase,
        reason,
        retainUntil: row.expiresAt + row.retainMs,
        retryAt: undefined,
      },
      event: { kind: "expired", reason },
    };
  }

  // 3. It could not be made ready in time.
  if (row.readyAt === undefined && over(row.giveUpAt)) {
    const cause = row.lastError?.message ?? unheard(row) ?? "the machine did not become ready";
    return toGone(row, "gave-up", `given up after ${formatDuration(row.giveUpAt - row.createdAt)}: ${cause}`);
  }

  // 4. Two clocks disagree whether it is over: the earlier one decides, and the owner may know.
  if (at.now >= row.expiresAt && at.endNow > -Infinity && row.reason !== DISPUTED)
    return {
      kind: "write",
      row: { ...row, reason: DISPUTED },
      event: { kind: "clock-disputed", reason: DISPUTED },
    };
  return undefined;
}

/** What was awaited in vain. */
const unheard = ({ awaiting, spec }: Instance): string | undefined =>
  awaiting && `${spec.ready} was awaited: ${awaiting.heard ?? "it was not asked yet"}`;

/** Heading for gone, with the reason a user reads. */
function toGone(row: Instance, kind: "expired" | "gave-up", reason: string): Decision {
  return {
    kind: "write",
    row: { ...row, desired: "gone", phase: "deleting", reason, retryAt: undefined },
    event: { kind, reason },
  };
}
