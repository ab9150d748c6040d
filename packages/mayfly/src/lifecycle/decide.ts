import { absorb, ownMachine } from "./absorb.ts";
import { ending } from "./ending.ts";
import type { EventKind, Instance, Phase } from "./instance.ts";
import type { Kind, Machine, Observed } from "./observed.ts";

const FUTURE_MS = 5_000;
const LONGEST_PAUSE_MS = 600_000;
// While no clock is trusted, what is overdue is looked at again so often; the sweep that restores trust wakes it at once.
const DISTRUST_PAUSE_MS = 15_000;

/** The one next thing to do for an instance. */
export type Decision =
  /** Write this row (and event), then decide again. */
  | { kind: "write"; row: Instance; event?: { kind: EventKind; reason?: string } }
  /** Calls that change something in the cloud. */
  | { kind: "create"; found?: Machine }
  /** The deadline in the machine's mark is not the row's: a home that is lost finds what was extended by its mark. */
  | { kind: "mark"; machine: Machine }
  | { kind: "start"; machine: Machine }
  | { kind: "stop"; machine: Machine }
  | { kind: "delete" }
  /** Look at this kind of thing in the cloud, again and again, until something else is decided; at `until` at the latest. */
  | { kind: "watch"; what: Kind; until?: number }
  /** Nothing can change before `until`, unless somebody asks for something or the sweep sees something. */
  | { kind: "sleep"; until?: number };

export interface Circumstances {
  now: number;
  /** The time by which endings are judged: never later than the true time; -Infinity while no clock is trusted. */
  endNow: number;
  /** Whether marks can be changed after the create. */
  canMark: boolean;
  /** How long an accepted change may stay invisible in lists. */
  visibilityGapMs: number;
  /** Wall time since which the wall clock has not jumped: what was written before is no measure for a look. */
  steadySince: number;
}

/** What to do next, from the row and what the cloud shows. Pure: the same arguments give the same decision. */
export function decide(row: Instance, observed: Observed, at: Circumstances): Decision {
  // 1. Gone is gone.
  if (row.phase === "deleted") return { kind: "sleep" };

  // 2. A deadline, a retention or the patience for provisioning has run out.
  const ended = ending(row, at);
  if (ended) return ended;

  // 3. Ids first: what the cloud shows goes into the row before anything is done with it.
  const absorbed = absorb(row, observed);
  if (absorbed) return { kind: "write", row: absorbed };

  const step = next(row, observed, at);

  // 4. A look or a nap ends at the next deadline; after a failure no change is tried before its pause is over.
  const until = nextEnding(row, at);
  switch (step.kind) {
    case "write":
      return step;
    case "watch":
    case "sleep":
      return { ...step, until: earliest(step.until, until) };
    case "create":
    case "mark":
    case "start":
    case "stop":
    case "delete":
      // A pause longer than any was written by a clock that was wrong.
      return row.retryAt !== undefined && row.retryAt > at.now && row.retryAt < at.now + LONGEST_PAUSE_MS
        ? { kind: "sleep", until: earliest(row.retryAt, until) }
        : step;
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

function towardsRunning(row: Instance, observed: Observed, at: Circumstances): Decision {
  const { launch } = row;
  // 1. Never tried: nothing can exist.
  if (!launch) return { kind: "create" };

  const known = row.footprint.machine !== undefined;
  // 2. The last attempt certainly made no machine.
  if (!known && !launch.uncertain) return { kind: "create" };

  // 3. There is a machine, or there may be one: look. One that runs is left to the sweep.
  if (!observed.machine)
    return row.phase === "running" ? { kind: "sleep" } : { kind: "watch", what: "machine" };
  const own = ownMachine(row, observed);
  if (!own) {
    if (tooSoon(row, observed.machine.at, at)) return { kind: "watch", what: "machine" };
    if (known) return missing(row, observed.machine.at, at);
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
      // 5. Powered on is the last step of a create: an attempt that got there is whole.
      if (launch.confirmedAt === undefined) return confirmed(row, at);
      return own.state === "running" ? ready(row, own, at) : inPhase(row, "provisioning", "machine");
    case "stopped":
    case "halted":
      return launch.confirmedAt === undefined
        ? { kind: "create", found: own }
        : { kind: "start", machine: own };
    case "stopping":
    case "unknown":
      return { kind: "watch", what: "machine" };
    default:
      return own.state satisfies never;
  }
}

function towardsStopped(row: Instance, observed: Observed, at: Circumstances): Decision {
  // 1. A machine that was seen stopped stays so until somebody or the sweep says otherwise.
  if (!observed.machine)
    return row.phase === "stopped" ? { kind: "sleep" } : { kind: "watch", what: "machine" };
  const own = ownMachine(row, observed);
  if (!own) {
    if (tooSoon(row, observed.machine.at, at)) return { kind: "watch", what: "machine" };
    return missing(row, observed.machine.at, at);
  }
  switch (own.state) {
    case "running":
    case "halted":
      return { kind: "stop", machine: own };
    case "stopped":
      return row.phase === "stopped" ? { kind: "sleep" } : toPhase(row, "stopped", row.reason);
    case "stopping":
      return inPhase(row, "stopping", "machine");
    case "starting":
    case "unknown":
      return { kind: "watch", what: "machine" };
    default:
      return own.state satisfies never;
  }
}

function towardsGone(row: Instance, observed: Observed, at: Circumstances): Decision {
  const { footprint, launch } = row;
  const nothing =
    footprint.machine === undefined && footprint.volumes.length === 0 && footprint.addresses.length === 0;
  // 1. Nothing was ever made.
  if (nothing && !launch?.uncertain) return gone(row, at);

  // 2. Machines first: what they hold cannot be deleted.
  if (launch || footprint.machine !== undefined) {
    if (!observed.machine) return { kind: "watch", what: "machine" };
    const { all } = observed.machine;
    if (all.length > 0)
      return all.every((machine) => machine.state === "stopping")
        ? { kind: "watch", what: "machine" }
        : { kind: "delete" };
    if (tooSoon(row, observed.machine.at, at)) return { kind: "watch", what: "machine" };
  }

  // 3. Then what survives them.
  for (const what of ["volume", "address"] as const) {
    if (!mayExist(row, what)) continue;
    const look = observed[what];
    if (!look) return { kind: "watch", what };
    if (look.parts.some((part) => part.idle)) return { kind: "delete" };
    if (look.parts.length > 0 || tooSoon(row, look.at, at)) return { kind: "watch", what };
  }

  // 4. A complete look at each kind showed nothing.
  return gone(row, at);
}

// While an attempt is under way, and within the gap after it, a list that shows nothing proves nothing.
function tooSoon({ launch }: Instance, lookedAt: number, at: Circumstances): boolean {
  if (!launch) return false;
  if (launch.endedAt === undefined) return true;
  // A moment to come was written before the wall clock was set back.
  const endedAt = launch.endedAt > at.now + FUTURE_MS ? -Infinity : launch.endedAt;
  return lookedAt < Math.max(endedAt, at.steadySince) + at.visibilityGapMs;
}

function mayExist(row: Instance, what: "volume" | "address"): boolean {
  if (what === "volume") return row.footprint.volumes.length > 0;
  return row.footprint.addresses.length > 0 || (row.spec.ipv6 && row.launch !== undefined);
}

function ready(row: Instance, own: Machine, at: Circumstances): Decision {
  // A mark has whole seconds.
  const stale = own.expiresAt !== undefined && own.expiresAt !== Math.floor(row.expiresAt / 1000) * 1000;
  if (row.phase === "running")
    return stale && at.canMark ? { kind: "mark", machine: own } : { kind: "sleep" };
  return {
    kind: "write",
    row: { ...settled(row), phase: "running", reason: undefined, readyAt: row.readyAt ?? at.now },
    event: { kind: "phase" },
  };
}

const confirmed = (row: Instance, at: Circumstances): Decision => ({
  kind: "write",
  row: {
    ...settled(row),
    launch: { ...row.launch!, uncertain: false, endedAt: row.launch!.endedAt ?? at.now, confirmedAt: at.now },
  },
});

// One list without it proves little: an instance is paid for, and its end cannot be taken back.
function missing(row: Instance, lookedAt: number, at: Circumstances): Decision {
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

function gone(row: Instance, at: Circumstances): Decision {
  const { userData: _erased, ...spec } = row.spec;
  return {
    kind: "write",
    row: {
      ...settled(row),
      spec,
      phase: "deleted",
      endedAt: at.now,
      lastError: row.lastError,
      nextActionAt: undefined,
      watched: false,
    },
    event: { kind: "phase", reason: row.reason },
  };
}

function inPhase(row: Instance, phase: Phase, what: Kind): Decision {
  return row.phase === phase ? { kind: "watch", what } : toPhase(row, phase, row.reason);
}

const toPhase = (row: Instance, phase: Phase, reason: string | undefined): Decision => ({
  kind: "write",
  row: { ...(phase === "stopped" ? settled(row) : row), phase, reason },
  event: { kind: "phase", reason },
});

const settled = (row: Instance): Instance => ({
  ...row,
  failures: 0,
  retryAt: undefined,
  lastError: undefined,
  troubleSince: undefined,
});

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
