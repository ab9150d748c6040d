import { decide } from "../lifecycle/decide.ts";
import type { Instance } from "../lifecycle/instance.ts";
import type { Inventory, Kind, Observed, Sighting } from "../lifecycle/observed.ts";
import { createAcquaintance } from "./acquaintance.ts";
import { circumstances } from "./circumstances.ts";
import { either } from "./either.ts";
import { lookOf } from "./look.ts";
import type { Look } from "./look.ts";
import { LOOKS_COUNT_FOR_MS } from "./looks-count-for-ms.ts";
import { nap } from "./nap.ts";
import { observedOf } from "./observed-of.ts";
import type { Account, Ports } from "./ports.ts";
import { sightingOf } from "./sighting-of.ts";

const SHORTEST_PAUSE_MS = 1_000;
/** Somebody waits for what comes up; what goes may be noticed later. */
const SHORTEST_PAUSE_OF_ENDS_MS = 2_000;
const LONGEST_PAUSE_MS = 10_000;
// A look is never later than a tenth of the time that nothing has changed.
const PATIENCE = 0.1;
const JUMP_MS = 5_000;
/** News of another process may be lost. */
const LOOK_UNASKED_MS = 5_000;
const LISTEN_AGAIN_MS = 1_000;
/** Without a reason of its own each abort would make an error with a stack. */
const POKED = "somebody began to wait";

/** Looks at one account's cloud for all instances that wait for something there: list pages, never one call a machine. */
export interface Observer {
  /** What the last looks say of this instance; only looks that began after its last action count. */
  of(row: Instance): Observed;
  /** Somebody began to wait. */
  poke(row: Instance): void;
  /** Says what was seen of these to whoever works on them. False when it is not for this process any more to say so. */
  publish(rows: readonly Instance[]): Promise<boolean>;
  /** A look of the sweep begins. */
  begins(): Began;
  /** The sweep had a look of its own; its machines count. */
  learn(inventory: Inventory, zones: string[], began: Began): void;
  /** These are all the rows of the account, as they were just read. */
  met(rows: readonly Instance[]): void;
  run(signal: AbortSignal): Promise<void>;
}

interface Began {
  monotonic: number;
  /** Among all that this process began. */
  number: number;
}

type NumberedLook = Look & { number: number };

/**
 * @param tell where others work on what is seen here: keeps it for them, and answers whether this process is still the one
 * that looks
 */
export function createObserver(
  ports: Ports,
  account: Account,
  tell?: (sightings: Sighting[]) => Promise<boolean>,
): Observer {
  const { store, scheduler, clock, log } = ports;
  const looks = new Map<string, NumberedLook>();
  const acquaintance = createAcquaintance();
  let changedAt = clock.monotonic();
  let lookAt = changedAt;
  let failures = 0;
  let hurried = false;
  let poked = new AbortController();

  // What was done in this process is dated by its own clock; of what others did it is known when it was read.
  const isLater = (look: NumberedLook, row: Instance) =>
    tell
      ? acquaintance.knewBefore(row, look.number)
      : look.at > row.actedAt ||
        // An action "in the future" was before the wall clock was set back, and so before every look that counts.
        row.actedAt > clock.now() + JUMP_MS;

  function lookFor(row: Instance, kind: Kind, since: number): Look | undefined {
    const look = looks.get(`${row.spec.zone}/${kind}`);
    const counts = Math.max(ports.time.steadySince(), clock.monotonic() - LOOKS_COUNT_FOR_MS);
    if (!look || look.number < since || look.monotonic < counts) return undefined;
    return isLater(look, row) ? look : undefined;
  }

  const observed = (row: Instance, since = 0) => observedOf(row, (kind) => lookFor(row, kind, since));

  // One pass: list what somebody waits for, then what they wait for next, and wake those that have something to do.
  async function pass(rows: Instance[], signal: AbortSignal): Promise<void> {
    const began = acquaintance.begins();
    const looked = new Set<string>();
    let failure: PromiseRejectedResult | undefined;
    for (;;) {
      const wanted = new Map<string, { zone: string; kind: Kind }>();
      for (const row of rows) {
        const decision = decide(row, observed(row, began), circumstances(ports, account));
        const { zone } = row.spec;
        if (decision.kind === "watch") wanted.set(`${zone}/${decision.what}`, { zone, kind: decision.what });
      }
      for (const key of looked) wanted.delete(key);
      if (wanted.size === 0) break;
      // Who comes to want this look later in the pass has to find his ids in it.
      const looking = [...wanted].map(([key, { zone, kind }]) => {
        const ids = rows.filter((row) => row.spec.zone === zone).flatMap((row) => idsOf(row, kind));
        return look(key, { zone, kind, ids: new Set(ids) }, signal);
      });
      const done = await Promise.allSettled(looking);
      failure ??= done.find((each) => each.status === "rejected");
      for (const key of wanted.keys()) looked.add(key);
    }
    const ready = rows.filter(
      (row) => decide(row, observed(row), circumstances(ports, account)).kind !== "watch",
    );
    if (ready.length > 0) changedAt = clock.monotonic();
    if (await publish(ready)) await scheduler.wakeNow(ready.map(({ id }) => id));
    // One zone that does not answer does not hold up the others.
    if (failure) throw failure.reason;
  }

  async function look(
    key: string,
    want: { zone: string; kind: Kind; ids: Set<string> },
    signal: AbortSignal,
  ): Promise<void> {
    const began = { monotonic: clock.monotonic(), number: acquaintance.begins() };
    const inventory = await account.provider.list({
      owner: await store.owner(),
      zones: [want.zone],
      kinds: new Set([want.kind]),
      ids: want.kind === "machine" ? NONE : want.ids,
      machineIds: want.kind === "machine" ? want.ids : NONE,
      signal,
    });
    keep(key, inventory, want.ids, began);
  }

  function keep(key: string, inventory: Inventory, asked: ReadonlySet<string>, began: Began): void {
    looks.set(key, { ...lookOf(inventory, asked, began.monotonic), number: began.number });
  }

  function met(rows: readonly Instance[]): void {
    if (tell) acquaintance.met(rows);
  }

  async function publish(rows: readonly Instance[]): Promise<boolean> {
    if (!tell || rows.length === 0) return true;
    return tell(rows.map((row) => sightingOf(row, (kind) => lookFor(row, kind, 0))));
  }

  const shortest = () => (hurried ? SHORTEST_PAUSE_MS : SHORTEST_PAUSE_OF_ENDS_MS);

  // Until the next look is due; somebody who begins to wait brings it nearer.
  async function pause(signal: AbortSignal): Promise<void> {
    const now = clock.monotonic();
    const patient = Math.max(shortest(), (now - changedAt) * PATIENCE) * 2 ** Math.min(failures, 4);
    lookAt = now + Math.min(LONGEST_PAUSE_MS, patient);
    for (let left = lookAt - now; left > 0 && !signal.aborted; left = lookAt - clock.monotonic()) {
      if (poked.signal.aborted) poked = new AbortController();
      await nap(clock, left, signal, poked.signal);
    }
  }

  function poke(isUrgent: boolean): void {
    changedAt = clock.monotonic();
    hurried ||= isUrgent;
    if (failures === 0) lookAt = Math.min(lookAt, changedAt + shortest());
    poked.abort(POKED);
  }

  // Others begin to wait as well. Listens again before it looks, so that nothing is missed in between.
  async function listen(signal: AbortSignal): Promise<void> {
    const listening = () => store.watchedChanged(account.name, signal).then(heard, failed);
    const heard = () => true;
    // What is missed meanwhile is seen by the next look.
    const failed = () => false;
    for (let next = listening(); !signal.aborted;) {
      const isHeard = await next;
      if (!isHeard) await nap(clock, LISTEN_AGAIN_MS, signal);
      next = listening();
      if (isHeard) poke(true);
    }
  }

  async function looking(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      if (poked.signal.aborted) poked = new AbortController();
      try {
        hurried = false;
        const rows = await store.watched(account.name);
        met(rows);
        hurried ||= rows.some(comesUp);
        if (rows.length > 0) await pass(rows, signal);
        else if (tell) await nap(clock, LOOK_UNASKED_MS, signal, poked.signal);
        else await either(signal, poked.signal);
        failures = 0;
      } catch (error) {
        if (signal.aborted) return;
        failures += 1;
        log.warn({ account: account.name, err: error, failures }, "a look at the cloud failed");
      }
      await pause(signal);
    }
  }

  return {
    of: (row) => observed(row),
    poke: (row) => poke(comesUp(row)),
    publish,
    begins: () => ({ monotonic: clock.monotonic(), number: acquaintance.begins() }),
    learn(inventory, zones, began) {
      for (const zone of zones) {
        const key = `${zone}/machine`;
        if ((looks.get(key)?.number ?? 0) >= began.number) continue;
        const machines = inventory.machines.filter((machine) => machine.zone === zone);
        keep(key, { ...inventory, machines, parts: [] }, NONE, began);
      }
    },
    met(rows) {
      acquaintance.keepOnly(new Set(rows.map(({ id }) => id)));
      met(rows);
    },
    async run(signal) {
      await Promise.all(tell ? [looking(signal), listen(signal)] : [looking(signal)]);
    },
  };
}

const comesUp = ({ desired }: Instance) => desired !== "gone";

const NONE: ReadonlySet<string> = new Set();

/** What may carry no mark. Only ids of this kind: a cloud may look further for those that a list did not show. */
function idsOf({ footprint, missingSince, holder }: Instance, kind: Kind): string[] {
  switch (kind) {
    case "machine":
      return [holder ?? (missingSince === undefined ? undefined : footprint.machine)].filter(
        (id) => id !== undefined,
      );
    case "volume":
      return footprint.volumes.map(({ id }) => id);
    case "address":
      return footprint.addresses;
    default:
      return kind satisfies never;
  }
}
