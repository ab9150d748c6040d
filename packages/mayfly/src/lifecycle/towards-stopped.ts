import { ownMachine } from "./absorb.ts";
import { missing, tooSoon } from "./absence.ts";
import type { Circumstances, Decision } from "./decision.ts";
import { drift } from "./drift.ts";
import type { Instance } from "./instance.ts";
import { seen } from "./metering.ts";
import type { Observed } from "./observed.ts";
import { inPhase, toPhase, withMeters } from "./phase.ts";

/** The next step of an instance that is to be stopped; it ran before. */
export function towardsStopped(row: Instance, observed: Observed, at: Circumstances): Decision {
  // 1. A machine that was seen stopped stays so until somebody or the sweep says otherwise.
  if (!observed.machine)
    return row.phase === "stopped" && row.missingSince === undefined
      ? { kind: "sleep" }
      : { kind: "watch", what: "machine" };
  const own = ownMachine(row, observed);
  if (!own) {
    if (tooSoon(row, observed.machine.at, at)) return { kind: "watch", what: "machine" };
    return missing(row, observed.machine, at);
  }
  switch (own.state) {
    case "running":
    case "halted":
      // 2. It was seen stopped: whoever starts it by us changes the row first.
      if (row.phase === "stopped")
        return drift(seen(row, own, observed.machine.at), observed.machine.at, at, {
          seen: `machine ${own.id} was found ${own.state}, and is to be stopped: it is stopped again`,
          change: { phase: "stopping" },
        });
      return { kind: "stop", machine: own };
    case "stopped":
      return withMeters(row, seen(row, own, observed.machine.at), (metered) =>
        row.phase === "stopped" ? { kind: "sleep" } : toPhase(metered, "stopped", row.reason),
      );
    case "stopping":
      return withMeters(row, seen(row, own, observed.machine.at), (metered) =>
        inPhase(metered, "stopping", "machine"),
      );
    case "starting":
    case "unknown":
      return { kind: "watch", what: "machine" };
    default:
      return own.state satisfies never;
  }
}
