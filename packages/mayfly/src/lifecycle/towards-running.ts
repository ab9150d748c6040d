import { ownMachine } from "./absorb.ts";
import { missing, tooSoon } from "./absence.ts";
import { awaiting } from "./awaiting.ts";
import type { Circumstances, Decision } from "./decision.ts";
import { drift, markOf, withMark, wrongMark } from "./drift.ts";
import type { Instance } from "./instance.ts";
import { poweredOn, seen } from "./metering.ts";
import type { Machine, Observed } from "./observed.ts";
import { inPhase, readied, settled, withMeters } from "./phase.ts";

/** The next step of an instance that is to run. */
export function towardsRunning(row: Instance, observed: Observed, at: Circumstances): Decision {
  const { launch } = row;
  // 1. Never tried: nothing can exist.
  if (!launch) return { kind: "create" };

  const known = row.footprint.machine !== undefined;
  // 2. The last attempt certainly made no machine.
  if (!known && !launch.uncertain) return { kind: "create" };

  // 3. There is a machine, or there may be one: look. One that runs is left to the sweep, until that one misses it.
  if (!observed.machine)
    return row.phase === "running" && row.missingSince === undefined
      ? { kind: "sleep" }
      : { kind: "watch", what: "machine" };
  const own = ownMachine(row, observed);
  if (!own) {
    if (tooSoon(row, observed.machine.at, at)) return { kind: "watch", what: "machine" };
    if (known) return missing(row, observed.machine, at);
    // 4. An unknown create left no machine; an address of it may be there all the same.
    if (row.spec.ipv6 && row.footprint.addresses.length === 0) {
      if (!observed.address) return { kind: "watch", what: "address" };
      const mine = observed.address.parts.filter((part) => part.instanceId === row.id).map((part) => part.id);
      if (mine.length > 0)
        return { kind: "write", row: { ...row, footprint: { ...row.footprint, addresses: mine } } };
    }
    return { kind: "create" };
  }

  switch (own.state) {
    case "running":
    case "starting":
      // 5. What can only be done to a machine that runs is part of its create too.
      if (own.isUnfinished && row.readyAt === undefined && own.state === "running")
        return { kind: "create", found: own };
      // 6. Powered on is the last step of a create: an attempt that got there is whole.
      if (launch.confirmedAt === undefined) return confirmed(row, at);
      return withMeters(row, withMark(seen(row, own, observed.machine.at), own), (metered) =>
        own.state === "running"
          ? ready(metered, own, observed.machine!.at, at)
          : inPhase(metered, "provisioning", "machine"),
      );
    case "stopped":
    case "halted":
      if (launch.confirmedAt === undefined) return { kind: "create", found: own };
      // 7. One that was seen running was not stopped by us: whoever stops it by us changes the row first.
      if (row.phase === "running" || row.awaiting)
        return drift(seen(row, own, observed.machine.at), observed.machine.at, at, {
          seen: `machine ${own.id} was found ${own.state}, and is to run: it is started again`,
          change: { phase: "provisioning", awaiting: undefined },
        });
      // 8. A guest that ends itself goes by its mark from its first minute on.
      return row.spec.failsafe && at.canMark && wrongMark(row, own) !== undefined
        ? { kind: "mark", machine: own }
        : { kind: "start", machine: own };
    case "stopping":
    case "unknown":
      return { kind: "watch", what: "machine" };
    default:
      return own.state satisfies never;
  }
}

function ready(row: Instance, own: Machine, lookedAt: number, at: Circumstances): Decision {
  const isReady = row.spec.ready === "cloud" || row.readyAt !== undefined;
  const wait = isReady ? undefined : awaiting(row, own, at);
  if (wait && wait.kind !== "sleep") return wait;
  if (isReady && row.phase !== "running")
    return { kind: "write", row: readied(row, at.now), event: { kind: "phase" } };
  const wrong = at.canMark ? wrongMark(row, own) : undefined;
  // An extension that is not in the mark yet is ours; what was right before, somebody changed.
  if (wrong !== undefined && row.marked === markOf(row))
    return drift(row, lookedAt, at, {
      seen: `machine ${own.id} ${wrong}: it is written anew`,
      change: { marked: 0 },
    });
  if (wrong !== undefined) return { kind: "mark", machine: own };
  return wait ?? { kind: "sleep" };
}

function confirmed(row: Instance, at: Circumstances): Decision {
  const endedAt = row.launch!.endedAt ?? at.now;
  const launch = { ...row.launch!, uncertain: false, endedAt, confirmedAt: at.now };
  return { kind: "write", row: { ...settled(poweredOn(row, endedAt)), launch } };
}
