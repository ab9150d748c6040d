import type { Footprint, Instance, InstanceEvent } from "../lifecycle/instance.ts";
import { createDriftInvariants } from "./drift-invariants.ts";
import { createGuestInvariants } from "./guest-invariants.ts";
import { wrongCosts } from "./cost-invariant.ts";
import type { Promised } from "./promised.ts";
import type { SimCloud, SimThing } from "./sim-cloud.ts";

export interface InvariantsOptions {
  /** Those with a number greater than `after`, in order. */
  eventsAfter: (after: number) => Promise<InstanceEvent[]>;
  /** All rows of this installation, deleted ones too. */
  rows: () => Promise<ReadonlyMap<string, Instance>>;
  /** What the store saw being done wrong, since the last time. */
  complaints: () => string[];
  /** Whether so many events are as many as were written: else what is wrong. */
  countEvents: (seen: number) => string[];
  promised: Promised;
  /** What somebody else took the marks off, whosesoever they were: when, and together with which machine. */
  unmarked: ReadonlyMap<string, { at: number; machine: string }>;
  /** Whether what was made for that instance is this installation's. */
  isOurs: (instanceId: string) => boolean;
  /** Lists may lag beyond the declared gap: a double is excused while faults last. */
  doublesPass: boolean;
  /** The wall clock is wrong at times. */
  clockJumps: boolean;
  /** Processes, stores and clocks do not fail: what is due is done at once from the start. */
  steady: boolean;
  /** Nobody stands still, and clocks are right. */
  exact: boolean;
  /** How many instances users asked for. */
  wishes: number;
}

export interface Invariants {
  /**
   * @param now the true time, whatever the processes' clocks say
   * @param calm no fault can happen any more, and has not for a while
   */
  check(now: number, calm: boolean): Promise<string[]>;
  /** At the very end, when everything should be over. */
  conclude(): Promise<string[]>;
}

// Three sweeps a minute apart, what they start, and the 30 s before anything counts as stray.
const PATIENCE_MS = 6 * 60_000;
// In calm, what is due is looked at once more after a lease and what a worker does with it. When a wall clock was wrong,
// the next sweep finds what it misled.
const LATE_MS = 10_000;
// An ending needs no look at the cloud, and in calm nothing stands before it but a call that waits for the limiter.
const LATE_END_MS = 1_000;
const LATE_AFTER_A_JUMP_MS = 75_000;
// Young things are nobody's stray, and two looks that prove something are so far apart.
const PROVEN_MS = 60_000;
// A cloud may not say when an address was made.
const QUARANTINE_MS = 30_000;
// The cloud's time is known as exactly as an answer is quick.
const SLACK_AFTER_A_JUMP_MS = 15_000;

// A mark is looked for in lists, which lag, by processes that stand still at times.
const UNMARKED_MS = 120_000;

/** The promises, checked after every step of a simulated world; what was broken is said in words. */
export function createInvariants(
  cloud: SimCloud,
  {
    eventsAfter,
    rows,
    complaints,
    countEvents,
    promised,
    unmarked,
    isOurs,
    doublesPass,
    clockJumps,
    steady,
    exact,
    wishes,
  }: InvariantsOptions,
): Invariants {
  let lastSeq = 0;
  let seenEvents = 0;
  let lastCheck = 0;
  let calmSince = Infinity;
  const lateMs = clockJumps ? LATE_AFTER_A_JUMP_MS : LATE_MS;
  const lateEndMs = clockJumps ? LATE_AFTER_A_JUMP_MS : LATE_END_MS;
  const gone = new Set<string>();
  const expired = new Set<string>();
  const heading = new Set<string>();
  const seenEnding = new Set<string>();
  const seenBooted = new Set<string>();
  const seenGone = new Set<string>();
  const drifts = createDriftInvariants({
    rows,
    meddled: promised.meddled,
    visibilityGapMs: cloud.visibilityGapMs,
    lateMs,
    isExact: exact,
    shutdownEnds: cloud.isLikeEc2,
  });
  let sharedBefore: ReadonlySet<string> = new Set();
  const seenTouched = new Set<string>();
  let rowsBefore: ReadonlyMap<string, Instance> | undefined;
  /** What the last event of each instance says of it. */
  const told = new Map<string, Pick<InstanceEvent, "phase" | "expiresAt">>();
  const since = new Map<string, number>();
  const isMine = (thing: SimThing) => thing.madeFor !== undefined && isOurs(thing.madeFor);

  async function onEvent(
    event: InstanceEvent,
    later: InstanceEvent[],
    things: SimThing[],
    now: number,
  ): Promise<string[]> {
    const broken: string[] = [];
    // What is rolled back may take a number with it. That none is missing their count says.
    if (event.seq <= lastSeq) broken.push(`events: ${event.seq} follows ${lastSeq}`);
    lastSeq = event.seq;
    seenEvents += 1;
    const id = event.instanceId;
    told.set(id, event);
    drifts.onEvent(event);
    if (event.reason?.includes("#cloud-config"))
      broken.push(`P10 secrets stay: an event shows user data of ${id}`);
    // An extension that was accepted only afterwards promised nothing yet.
    const extended = later.some(({ instanceId, kind }) => instanceId === id && kind === "extended");
    const deadline = extended ? event.expiresAt : promised.deadlines.get(id);
    // By the true time: the event's own is what the process took for it.
    if (event.kind === "expired" && deadline !== undefined && now < deadline)
      broken.push(`P2 never early: ${id} expired ${deadline - now} ms before its deadline`);
    if (heading.has(id) && event.phase !== "deleting" && event.phase !== "deleted")
      broken.push(`P8 exact deadlines: ${id} was revived from deleting to ${event.phase}`);
    // It ended by its deadline: an extension that comes later finds its machine stopping, and starts it again.
    // When somebody took its machine over, a double of that is ended with it.
    if (event.kind === "expired" || event.kind === "released") expired.add(id);
    else if (event.phase === "running") expired.delete(id);
    if (event.phase === "deleting") heading.add(id);
    if (event.phase === "deleted") {
      gone.add(id);
      // What a copy left that somebody made belongs to the row by which that copy is ended.
      const others = [...(await rows()).values()].filter((row) => row.id !== id && row.phase !== "deleted");
      const claimed = new Set(others.flatMap(({ footprint }) => idsIn(footprint)));
      const left = things.filter(
        (thing) => thing.madeFor === id && thing.state !== "gone" && !claimed.has(thing.id),
      );
      if (left.length > 0 && !doublesPass)
        broken.push(`P5 gone is gone: ${id} is deleted, yet ${describe(left)}`);
    }
    return broken;
  }

  // What is not so for longer than a few sweeps in calm is broken.
  function lasting(now: number, calm: boolean, states: Map<string, string>): string[] {
    const broken: string[] = [];
    for (const key of since.keys()) if (!states.has(key)) since.delete(key);
    for (const [key, what] of states) {
      const began = calm ? (since.get(key) ?? now) : now;
      since.set(key, began);
      if (now - began > PATIENCE_MS) broken.push(`${key}: ${what} for ${Math.round((now - began) / 1000)} s`);
    }
    return broken;
  }

  // Somebody has to work on what is due, or look at the cloud for what waits for it.
  async function overdue(now: number): Promise<string[]> {
    if (!steady && now < calmSince + lateMs) return [];
    return [...(await rows()).values()]
      .filter(({ nextActionAt, lease }) => (nextActionAt ?? now) < now - lateMs && (lease?.until ?? 0) < now)
      .map(
        ({ id, phase, nextActionAt }) => `nobody works on ${id}, ${phase}, due ${now - nextActionAt!} ms ago`,
      );
  }

  async function onFound(event: InstanceEvent, things: SimThing[], now: number): Promise<string[]> {
    const row = (await rows()).get(event.instanceId);
    const ids = idsIn(row!.footprint);
    const slackMs = clockJumps ? SLACK_AFTER_A_JUMP_MS : 0;
    const young = things.filter(
      ({ id, kind, createdAt }) =>
        ids.includes(id) && now - createdAt < (kind === "address" ? QUARANTINE_MS : PROVEN_MS) - slackMs,
    );
    return young.length > 0 ? [`P7 hands off: one look was enough to condemn ${describe(young)}`] : [];
  }

  async function onEnding(thing: SimThing, now: number): Promise<string[]> {
    seenEnding.add(thing.id);
    const row = await rowOf(thing);
    if (row?.footprint.machine !== thing.id || row.readyAt === undefined) return [];
    const deadline = promised.deadlines.get(row.id) ?? row.expiresAt;
    const early = now < deadline && !expired.has(row.id) && !mayEnd(thing);
    return early
      ? [`P2 never early: ${thing.id} of ${row.id} was ended ${deadline - now} ms before its deadline`]
      : [];
  }

  // It expired into a stop: its machine is kept for a while.
  async function onGone(thing: SimThing, now: number): Promise<string[]> {
    const row = await rowOf(thing);
    if (row?.footprint.machine !== thing.id || row.readyAt === undefined || row.onExpiry !== "stop")
      return [];
    const until = (promised.deadlines.get(row.id) ?? row.expiresAt) + row.retainMs;
    const early = now < until && !mayEnd(thing);
    return early ? [`P2 never early: ${thing.id} of ${row.id} was to be kept ${until - now} ms longer`] : [];
  }

  const mayEnd = ({ id, madeFor }: SimThing) =>
    promised.endRequested.has(madeFor ?? "") || promised.meddledWith.has(id);
  const guests = createGuestInvariants({ rows, promised, mayEnd, lateMs });
  const rowOf = async ({ madeFor }: SimThing): Promise<Instance | undefined> =>
    madeFor === undefined ? undefined : (await rows()).get(madeFor);

  async function machines(things: SimThing[], now: number): Promise<string[]> {
    const broken: string[] = [];
    for (const thing of things) {
      if (thing.kind !== "machine" || !isMine(thing)) continue;
      if (thing.bootedWithUserData === false && !seenBooted.has(thing.id)) {
        seenBooted.add(thing.id);
        if (promised.withUserData.has(thing.madeFor!) && !promised.meddledWith.has(thing.id))
          broken.push(`cloud-init: ${thing.id} of ${thing.madeFor} was powered on without its user data`);
      }
      broken.push(...(await guests.onMachine(thing, now, calmSince)));
      if (thing.state !== "alive" && !seenEnding.has(thing.id)) broken.push(...(await onEnding(thing, now)));
      if (thing.state === "gone" && !seenGone.has(thing.id)) {
        seenGone.add(thing.id);
        broken.push(...(await onGone(thing, now)));
      }
    }
    return broken;
  }

  /** What the rows say of each other, and the events of them. */
  function rowsAgree(all: ReadonlyMap<string, Instance>): string[] {
    const broken: string[] = [];
    for (const { id, phase, expiresAt } of all.values()) {
      const last = told.get(id);
      if (last?.phase !== phase || last.expiresAt !== expiresAt)
        broken.push(`events: ${id} is ${phase}, and the last event says ${last?.phase ?? "nothing"}`);
    }
    const owners = new Map<string, string>();
    for (const { id, phase, footprint } of all.values()) {
      if (phase === "deleted" || footprint.machine === undefined) continue;
      const other = owners.get(footprint.machine);
      if (other !== undefined)
        broken.push(`P3 one machine: ${footprint.machine} is that of ${id} and of ${other}`);
      owners.set(footprint.machine, id);
    }
    return broken;
  }

  return {
    async check(now, calm) {
      if (calm) calmSince = Math.min(calmSince, now);
      lastCheck = now;
      const things = cloud.things();
      const broken: string[] = [...complaints(), ...cloud.complaints(), ...(await overdue(now))];
      const events = await eventsAfter(lastSeq);
      for (const [index, event] of events.entries()) {
        broken.push(...(await onEvent(event, events.slice(index + 1), things, now)));
        if (event.phase === "running") broken.push(...(await guests.onRunning(event.instanceId, things)));
        if (event.kind === "found") broken.push(...(await onFound(event, things, now)));
      }
      for (const thing of things) {
        if (thing.madeFor !== undefined || thing.state === "alive" || seenTouched.has(thing.id)) continue;
        seenTouched.add(thing.id);
        // Its machine was on its way already, or the look that led to its end was from before.
        const taken = unmarked.get(thing.id);
        const machineLives = things.some(({ id, state }) => id === taken?.machine && state === "alive");
        if (!taken || machineLives || (thing.id === taken.machine && now - taken.at > UNMARKED_MS))
          broken.push(`P7 hands off: ${thing.kind} ${thing.id} of somebody else was touched`);
      }
      broken.push(...(await machines(things, now)));
      broken.push(...(await drifts.check(things, now, calmSince)));

      const shared = cloud.onDemand();
      for (const { machine, thing } of cloud.inUse())
        if (sharedBefore.has(thing) && !shared.has(thing))
          broken.push(`shared: ${thing} was removed under ${machine}`);
      sharedBefore = shared;

      const all = await rows();
      broken.push(...countEvents(seenEvents));
      // As long as nothing is written they are the same.
      if (all !== rowsBefore) broken.push(...rowsAgree(all));
      rowsBefore = all;
      for (const [id, deadline] of promised.deadlines) {
        const row = all.get(id);
        if (!row) broken.push(`P4 accepted is kept: ${id} is not in the store`);
        else if (row.expiresAt < deadline)
          broken.push(
            `P8 exact deadlines: ${id} ends ${deadline - row.expiresAt} ms before what was accepted`,
          );
        else if (calm && now > Math.max(calmSince, endOf(row)) + lateEndMs)
          broken.push(`P8 exact deadlines: ${id} is as it was ${now - endOf(row)} ms after it was to end`);
      }

      for (const { id, expiresAt } of promised.refused)
        if (all.get(id)?.expiresAt === expiresAt)
          broken.push(`P8 exact deadlines: ${id} has a deadline that was to be refused`);
      for (const what of promised.wronglyAccepted.splice(0))
        broken.push(`P8 exact deadlines: ${what} was accepted`);

      const passing = new Map<string, string>();
      const alive = things.filter(
        (thing) => thing.kind === "machine" && isMine(thing) && thing.state === "alive",
      );
      for (const [id, several] of Map.groupBy(alive, ({ madeFor }) => madeFor!)) {
        if (several.length < 2) continue;
        const own = several.filter((machine) => !promised.meddledWith.has(machine.id));
        if (own.length > 1 && (!doublesPass || cloud.isLikeEc2))
          broken.push(`P3 one machine: ${id} has ${describe(own)}`);
        passing.set(`P3 one machine: ${id}`, describe(several));
      }
      for (const thing of things)
        if (isMine(thing) && thing.state !== "gone" && gone.has(thing.madeFor!))
          passing.set(`P1 no orphan: ${thing.id}`, describe([thing]));
      for (const { id, desired, phase } of all.values())
        if (desired === "gone" && phase !== "deleted") passing.set(`P6 delete never gives up: ${id}`, phase);
      broken.push(...lasting(now, calm, passing));
      return broken;
    },

    async conclude() {
      const broken: string[] = [];
      const all = await rows();
      for (const id of promised.deadlines.keys()) {
        const row = all.get(id);
        if (!row) broken.push(`P4 accepted is kept: ${id} is not in the store`);
        else if (row.phase !== "deleted")
          broken.push(
            `P6 delete never gives up: ${id} is ${row.phase}: ${row.lastError?.message ?? row.reason}`,
          );
        else if (row.spec.userData !== undefined)
          broken.push(`P10 secrets stay: ${id} still has its user data`);
      }
      const asked = [...all.values()].filter(({ origin }) => origin === "request");
      if (asked.length > wishes)
        broken.push(`P4 accepted once: ${asked.length} instances for ${wishes} requests`);
      const shared = cloud.onDemand().size;
      // Whoever took over a machine of ours took over what it is in.
      if (shared > 0 && unmarked.size === 0)
        broken.push(`P1 no orphan: ${shared} networks or firewalls that nobody wants at the end`);
      // A wall clock that is wrong measures wrong times, and nobody pays twice in one row.
      if (!clockJumps && !doublesPass)
        broken.push(...wrongCosts(all.values(), cloud, { promised, steady, now: lastCheck }));
      const left = cloud.things().filter((thing) => isMine(thing) && thing.state !== "gone");
      if (left.length > 0) broken.push(`P1 no orphan: ${describe(left)} at the end`);
      return broken;
    },
  };
}

const idsIn = ({ machine, volumes, addresses }: Footprint): (string | undefined)[] => [
  machine,
  ...volumes.map(({ id }) => id),
  ...addresses,
];

/** When its deadline, its retention or the patience with it is over. */
function endOf({ desired, retainUntil, expiresAt, readyAt, giveUpAt }: Instance): number {
  if (desired === "gone") return Infinity;
  return retainUntil ?? Math.min(expiresAt, readyAt === undefined ? giveUpAt : Infinity);
}

const describe = (things: SimThing[]) =>
  things.map(({ kind, id, madeFor }) => `${kind} ${id} (for ${madeFor})`).join(", ");
