import { absorb } from "./absorb.ts";
import { acceptedAlready, mayBeStopping } from "./asked.ts";
import type { Circumstances, Decision } from "./decision.ts";
import { ending } from "./ending.ts";
import type { Instance } from "./instance.ts";
import type { Observed } from "./observed.ts";
import { towardsGone } from "./towards-gone.ts";
import { towardsRunning } from "./towards-running.ts";
import { towardsStopped } from "./towards-stopped.ts";

const LONGEST_PAUSE_MS = 600_000;
// While no clock is trusted, what is overdue is looked at again so often; the sweep that restores trust wakes it at once.
const DISTRUST_PAUSE_MS = 15_000;

/** What to do next, from the row and what the cloud shows. Pure: the same arguments give the same decision. */
export function decide(row: Instance, observed: Observed, at: Circumstances): Decision {
  // 1. Gone is gone.
  if (row.phase === "deleted") return { kind: "sleep" };

  // 2. A deadline, a retention or the patience for provisioning has run out.
  const ended = ending(row, at);
  if (ended) return ended;

  if (mayBeStopping(row, observed, at)) return { kind: "watch", what: "machine", until: nextEnding(row, at) };

  // 3. Ids first: what the cloud shows goes into the row before anything is done with it.
  const absorbed = absorb(row, observed);
  if (absorbed) return { kind: "write", row: absorbed };

  const step = next(row, observed, at);

  // 4. A look or a nap ends at the next deadline; after a failure no change is tried before its pause is over.
  const until = nextEnding(row, at);
  switch (step.kind) {
    case "write":
    case "probe":
      return step;
    case "watch":
    case "sleep":
      return { ...step, until: earliest(step.until, until) };
    case "create":
    case "mark":
    case "start":
    case "stop":
    case "delete": {
      // A pause longer than any was written by a clock that was wrong.
      if (row.retryAt !== undefined && row.retryAt > at.now && row.retryAt < at.now + LONGEST_PAUSE_MS)
        return { kind: "sleep", until: earliest(row.retryAt, until) };
      // 5. What was accepted is not asked for again before lists must show it.
      const what = step.kind === "create" ? undefined : acceptedAlready(row, step, observed, at);
      return what === undefined ? step : { kind: "watch", what, until };
    }
    default:
      return step satisfies never;
  }
}

function next(row: Instance, observed: Observed, at: Circumstances): Decision {
  switch (row.desired) {
    case "running":
      return towardsRunning(row, observed, at);
    case "stopped":
      return towardsStopped(row, observed, at);
    case "gone":
      return towardsGone(row, observed, at);
    default:
      return row.desired satisfies never;
  }
}

function nextEnding(row: Instance, at: Circumstances): number | undefined {
  const ends =
    row.desired === "gone"
      ? undefined
      : earliest(row.retainUntil ?? row.expiresAt, row.readyAt === undefined ? row.giveUpAt : undefined);
  if (ends === undefined || ends > at.now) return ends;
  // Overdue by this machine's clock, but not by the trusted time.
  return (
    at.now +
    (at.endNow === -Infinity ? DISTRUST_PAUSE_MS : Math.min(60_000, Math.max(1_000, ends - at.endNow)))
  );
}

function earliest(a: number | undefined, b: number | undefined): number | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return Math.min(a, b);
}
