import { decide } from "../lifecycle/decide.ts";
import type { Instance } from "../lifecycle/instance.ts";
import type { Inventory, Kind, Observed } from "../lifecycle/observed.ts";
import { circumstances } from "./circumstances.ts";
import { lookOf } from "./look.ts";
import type { Look } from "./look.ts";
import type { Account, Ports } from "./ports.ts";

const SHORTEST_PAUSE_MS = 1_000;
/** Somebody waits for what comes up; what goes may be noticed later. */
const SHORTEST_PAUSE_OF_ENDS_MS = 2_000;
const LONGEST_PAUSE_MS = 10_000;
// A look is never later than a tenth of the time that nothing has changed.
const PATIENCE = 0.1;
const JUMP_MS = 5_000;
/** Without a reason of its own each abort would make an error with a stack. */
const POKED = "somebody began to wait";

/** Looks at one account's cloud for all instances that wait for something there: list pages, never one call a machine. */
export interface Observer {
  /** What the last looks say of this instance; only looks that began after its last action count. */
  of(row: Instance): Observed;
  /** Somebody began to wait. */
  poke(row: Instance): void;
  /** The sweep had a look of its own; its machines count. */
  learn(inventory: Inventory, zones: string[], monotonic: number): void;
  run(signal: AbortSignal): Promise<void>;
}

export function createObserver(ports: Ports, account: Account): Observer {
  const { store, scheduler, clock, log } = ports;
  const looks = new Map<string, Look>();
  let changedAt = clock.monotonic();
  let lookAt = changedAt;
  let failures = 0;
  let hurried = false;
  let poked = new AbortController();

  function observed(row: Instance, after: number): Observed {
    const seen = (kind: Kind) => {
      const look = looks.get(`${row.spec.zone}/${kind}`);
      if (!look || look.monotonic < ports.time.steadySince()) return undefined;
      // An action "in the future" was before the wall clock was set back, and so before every look that counts.
      return look.at > after || after > clock.now() + JUMP_MS ? look : undefined;
    };
    const machine = seen("machine");
    const { machine: own, volumes, addresses } = row.footprint;
    const partsIn = (look: Look | undefined, ids: string[]) => (look ? look.partsOf(row.id, ids) : undefined);
    const volume = partsIn(
      seen("volume"),
      volumes.map(({ id }) => id),
    );
    const address = partsIn(seen("address"), addresses);
    const holders = [...(volume?.parts ?? []), ...(address?.parts ?? [])].flatMap(
      ({ attachedTo }) => attachedTo ?? [],
    );
    return {
      machine: machine && {
        at: machine.at,
        all: machine.machinesOf(row.id, own),
        byId: machine.byId(row.holder ?? own),
        holders: machine.othersOf(
          row.id,
          holders.filter((id) => id !== own),
        ),
      },
      volume,
      address,
    };
  }

  // One pass: list what somebody waits for, then what they wait for next, and wake those that have something to do.
  async function pass(rows: Instance[], signal: AbortSignal): Promise<void> {
    const began = clock.now();
    // A look that began in the same millisecond as an action may have missed it.
    const fresh = (row: Instance) => Math.max(row.actedAt, began - 1);
    const looked = new Set<string>();
    let failure: PromiseRejectedResult | undefined;
    for (;;) {
      const wanted = new Map<string, { zone: string; kind: Kind }>();
      for (const row of rows) {
        const decision = decide(row, observed(row, fresh(row)), circumstances(ports, account));
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
    for (const row of rows) {
      const decision = decide(row, observed(row, row.actedAt), circumstances(ports, account));
      if (decision.kind === "watch") continue;
      changedAt = clock.monotonic();
      await scheduler.wake(row.id, clock.now());
    }
    // One zone that does not answer does not hold up the others.
    if (failure) throw failure.reason;
  }

  async function look(
    key: string,
    want: { zone: string; kind: Kind; ids: Set<string> },
    signal: AbortSignal,
  ): Promise<void> {
    const monotonic = clock.monotonic();
    const inventory = await account.provider.list({
      owner: await store.owner(),
      zones: [want.zone],
      kinds: new Set([want.kind]),
      ids: want.kind === "machine" ? NONE : want.ids,
      machineIds: want.kind === "machine" ? want.ids : NONE,
      signal,
    });
    looks.set(key, lookOf(inventory, want.ids, monotonic));
  }

  const shortest = () => (hurried ? SHORTEST_PAUSE_MS : SHORTEST_PAUSE_OF_ENDS_MS);

  // Until the next look is due; somebody who begins to wait brings it nearer.
  async function pause(signal: AbortSignal): Promise<void> {
    const now = clock.monotonic();
    const patient = Math.max(shortest(), (now - changedAt) * PATIENCE) * 2 ** Math.min(failures, 4);
    lookAt = now + Math.min(LONGEST_PAUSE_MS, patient);
    for (let left = lookAt - now; left > 0 && !signal.aborted; left = lookAt - clock.monotonic()) {
      if (poked.signal.aborted) poked = new AbortController();
      await napped(clock.sleep(left, AbortSignal.any([signal, poked.signal])), signal, poked.signal);
    }
  }

  return {
    of: (row) => observed(row, row.actedAt),
    poke(row) {
      changedAt = clock.monotonic();
      hurried ||= comesUp(row);
      if (failures === 0) lookAt = Math.min(lookAt, changedAt + shortest());
      poked.abort(POKED);
    },
    learn(inventory, zones, monotonic) {
      for (const zone of zones) {
        const key = `${zone}/machine`;
        if ((looks.get(key)?.monotonic ?? -Infinity) >= monotonic) continue;
        const machines = inventory.machines.filter((machine) => machine.zone === zone);
        looks.set(key, lookOf({ ...inventory, machines, parts: [] }, new Set(), monotonic));
      }
    },
    async run(signal) {
      while (!signal.aborted) {
        if (poked.signal.aborted) poked = new AbortController();
        try {
          hurried = false;
          const rows = await store.watched(account.name);
          hurried ||= rows.some(comesUp);
          if (rows.length > 0) await pass(rows, signal);
          else await either(signal, poked.signal);
          failures = 0;
        } catch (error) {
          if (signal.aborted) return;
          failures += 1;
          log.warn({ account: account.name, err: error, failures }, "a look at the cloud failed");
        }
        await pause(signal);
      }
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

// A nap that was cut short by one of these signals is over; any other rejection is not ours.
async function napped(nap: Promise<void>, ...signals: AbortSignal[]): Promise<void> {
  try {
    await nap;
  } catch (error) {
    if (!signals.some((signal) => signal.aborted)) throw error;
  }
}

function either(...signals: AbortSignal[]): Promise<void> {
  return new Promise((resolve) => {
    const any = AbortSignal.any(signals);
    if (any.aborted) resolve();
    else any.addEventListener("abort", () => resolve(), { once: true });
  });
}
