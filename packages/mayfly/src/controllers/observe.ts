import { decide } from "../lifecycle/decide.ts";
import type { Instance } from "../lifecycle/instance.ts";
import type { Inventory, Kind, Observed } from "../lifecycle/observed.ts";
import { circumstances } from "./circumstances.ts";
import { lookOf } from "./look.ts";
import type { Look } from "./look.ts";
import type { Account, Ports } from "./ports.ts";

const SHORTEST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 10_000;
// A look is never later than a tenth of the time that nothing has changed.
const PATIENCE = 0.1;

/** Looks at one account's cloud for all instances that wait for something there: list pages, never one call a machine. */
export interface Observer {
  /** What the last looks say of this instance; only looks that began after its last action count. */
  of(row: Instance): Observed;
  /** Somebody began to wait. */
  poke(): void;
  /** The sweep had a look of its own; its machines count. */
  learn(inventory: Inventory, zones: string[]): void;
  run(signal: AbortSignal): Promise<void>;
}

export function createObserver(ports: Ports, account: Account): Observer {
  const { store, scheduler, clock, log } = ports;
  const looks = new Map<string, Look>();
  let changedAt = clock.monotonic();
  let lookAt = changedAt;
  let failures = 0;
  let poked = new AbortController();

  function observed(row: Instance, after: number): Observed {
    const seen = (kind: Kind) => {
      const look = looks.get(`${row.spec.zone}/${kind}`);
      return look && look.at > after ? look : undefined;
    };
    const machine = seen("machine");
    const partsIn = (look: Look | undefined, ids: string[]) => (look ? look.partsOf(row.id, ids) : undefined);
    return {
      machine: machine && { at: machine.at, all: machine.machinesOf(row.id, row.footprint.machine) },
      volume: partsIn(
        seen("volume"),
        row.footprint.volumes.map(({ id }) => id),
      ),
      address: partsIn(seen("address"), row.footprint.addresses),
    };
  }

  // One pass: list what somebody waits for, then what they wait for next, and wake those that have something to do.
  async function pass(rows: Instance[], signal: AbortSignal): Promise<void> {
    const began = clock.now();
    // A look that began in the same millisecond as an action may have missed it.
    const fresh = (row: Instance) => Math.max(row.actedAt, began - 1);
    const looked = new Set<string>();
    for (;;) {
      const wanted = new Map<string, { zone: string; kind: Kind; ids: Set<string> }>();
      for (const row of rows) {
        const decision = decide(row, observed(row, fresh(row)), circumstances(ports, account));
        if (decision.kind !== "watch") continue;
        const key = `${row.spec.zone}/${decision.what}`;
        if (looked.has(key)) continue;
        const want = wanted.get(key) ?? { zone: row.spec.zone, kind: decision.what, ids: new Set() };
        wanted.set(key, want);
        for (const id of idsOf(row, decision.what)) want.ids.add(id);
      }
      if (wanted.size === 0) break;
      await Promise.all([...wanted].map(([key, want]) => look(key, want, signal)));
      for (const key of wanted.keys()) looked.add(key);
    }
    for (const row of rows) {
      const decision = decide(row, observed(row, row.actedAt), circumstances(ports, account));
      if (decision.kind === "watch") continue;
      changedAt = clock.monotonic();
      await scheduler.wake(row.id, clock.now());
    }
  }

  async function look(
    key: string,
    want: { zone: string; kind: Kind; ids: Set<string> },
    signal: AbortSignal,
  ): Promise<void> {
    const inventory = await account.provider.list({
      owner: await store.owner(),
      zones: [want.zone],
      kinds: new Set([want.kind]),
      ids: want.ids,
      signal,
    });
    looks.set(key, lookOf(inventory, want.ids));
  }

  // Until the next look is due; somebody who begins to wait brings it nearer.
  async function pause(signal: AbortSignal): Promise<void> {
    const now = clock.monotonic();
    const patient = Math.max(SHORTEST_PAUSE_MS, (now - changedAt) * PATIENCE) * 2 ** Math.min(failures, 4);
    lookAt = now + Math.min(LONGEST_PAUSE_MS, patient);
    for (let left = lookAt - now; left > 0 && !signal.aborted; left = lookAt - clock.monotonic()) {
      if (poked.signal.aborted) poked = new AbortController();
      await napped(clock.sleep(left, AbortSignal.any([signal, poked.signal])), signal, poked.signal);
    }
  }

  return {
    of: (row) => observed(row, row.actedAt),
    poke() {
      changedAt = clock.monotonic();
      if (failures === 0) lookAt = Math.min(lookAt, changedAt + SHORTEST_PAUSE_MS);
      poked.abort();
    },
    learn(inventory, zones) {
      for (const zone of zones) {
        const key = `${zone}/machine`;
        if ((looks.get(key)?.at ?? -Infinity) >= inventory.startedAt) continue;
        const machines = inventory.machines.filter((machine) => machine.zone === zone);
        looks.set(key, lookOf({ ...inventory, machines, parts: [] }, new Set()));
      }
    },
    async run(signal) {
      while (!signal.aborted) {
        if (poked.signal.aborted) poked = new AbortController();
        try {
          const rows = await store.watched(account.name);
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

/** What may carry no mark. Only ids of this kind: a cloud may look further for those that a list did not show. */
function idsOf({ footprint }: Instance, kind: Kind): string[] {
  switch (kind) {
    case "machine":
      return [];
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
