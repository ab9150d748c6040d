import { decide } from "../lifecycle/decide.ts";
import type { Decision } from "../lifecycle/decision.ts";
import type { Instance } from "../lifecycle/instance.ts";
import { StoreError } from "../store/error.ts";
import type { Change } from "../store/store.ts";
import { askGuest } from "./ask-guest.ts";
import { askPrice } from "./ask-price.ts";
import { circumstances } from "./circumstances.ts";
import { createEnsureShared } from "./ensure-shared.ts";
import type { Observed } from "../lifecycle/observed.ts";
import type { Eyes } from "./eyes.ts";
import { guardedWrite } from "./guarded-write.ts";
import { LEASE_MS } from "./leases.ts";
import type { Hold, Leases } from "./leases.ts";
import { perform } from "./perform.ts";
import type { Account, Ports } from "./ports.ts";

// More steps than any instance takes between two waits.
const MOST_STEPS = 25;
const RETRY_MS = 1_000;

interface Peers {
  /** By account. */
  eyes: Map<string, Eyes>;
  leases: Leases;
  /** Has a cloud say what time it is, soon; this instance waits for that. */
  askTheTime: (instanceId: string) => void;
  /** Aborts when this process is to end: then its leases end by themselves. */
  stopping: AbortSignal;
}

/** Brings one instance as far as it can get now: claim, look, decide, act, write, until there is only waiting left. */
export type Reconcile = (instanceId: string) => Promise<void>;

export function createReconcile(ports: Ports, peers: Peers): Reconcile {
  const { eyes, leases, askTheTime, stopping } = peers;
  const { store, clock, log } = ports;
  const ensureShared = createEnsureShared(ports);

  const write = (row: Instance, change: (row: Instance) => Change) =>
    guardedWrite(ports, leases.token, row, change);

  return async (id) => {
    const now = clock.now();
    const askedAt = clock.monotonic();
    const claimed = await store.claim(id, { token: leases.token, now, until: now + LEASE_MS });
    if (!claimed) return;
    const hold = leases.hold(askedAt);
    try {
      await work(await takenOver(claimed), hold);
    } catch (error) {
      await giveBack(id, error);
    } finally {
      hold.letGo();
    }
  };

  // What went wrong is the store's trouble or a mistake of ours, or the row may be another worker's by now. This process's
  // leases are renewed together, so what is not another's has to be given back, however long that takes: else nobody would
  // ever look at it again.
  async function giveBack(id: string, cause: unknown): Promise<void> {
    if (!lostLease(cause))
      log.error(
        { instance: id, err: cause },
        "the work on an instance was cut short; it goes on in a moment",
      );
    while (!stopping.aborted) {
      try {
        const at = clock.now() + RETRY_MS;
        await store.update(id, { token: leases.token }, (row) => ({
          row: { ...row, nextActionAt: row.phase === "deleted" ? undefined : at },
          release: true,
        }));
        return await ports.scheduler.wake(id, at);
      } catch (error) {
        if (lostLease(error)) return;
        log.error({ instance: id, err: error }, "an instance could not be given back yet");
        await clock.sleep(RETRY_MS);
      }
    }
  }

  async function work(claimed: Instance, hold: Hold): Promise<void> {
    const account = ports.accounts.get(claimed.account);
    const seen = await eyes.get(claimed.account)?.see(claimed.id);
    let row: Instance | undefined = claimed;
    for (let step = 0; row && step < MOST_STEPS; step++)
      row = account && seen ? await advance(row, { account, seen, hold }) : await park(row);
    if (row) await rest(row, { kind: "sleep", until: clock.now() + RETRY_MS });
  }

  // A create without an end was cut off with its process: its last call may have gone out until now.
  async function takenOver(row: Instance): Promise<Instance> {
    const { launch } = row;
    if (!launch || launch.endedAt !== undefined) return row;
    const taken = await write(row, (current) => ({
      row: { ...current, launch: { ...launch, endedAt: clock.now() } },
    }));
    // Somebody's request may have come between: an attempt that never ends would be waited for without end.
    if (taken.moved) return takenOver(taken.row);
    // Who was cut off may have been about to write what it costs.
    const account = ports.accounts.get(row.account);
    if (account) askPrice(ports, account.provider, taken.row).writeLater();
    return taken.row;
  }

  // 1. One decision, carried out. The row to go on with, or undefined when it is released.
  async function advance(
    row: Instance,
    { account, seen, hold }: { account: Account; seen: (row: Instance) => Observed; hold: Hold },
  ): Promise<Instance | undefined> {
    const observed = seen(row);
    const decision = decide(row, observed, circumstances(ports, account));
    switch (decision.kind) {
      case "write":
        return (
          await write(row, () => ({
            row: decision.row,
            events: decision.event && [{ at: clock.now(), ...decision.event }],
          }))
        ).row;
      case "watch":
      case "sleep":
        return rest(row, decision);
      case "probe":
        return askGuest(ports, leases.token, account, row, decision.machine);
      case "create":
      case "mark":
      case "start":
      case "stop":
      case "delete":
        return perform(ports, { token: leases.token, hold, ensureShared }, account, row, decision, observed);
      default:
        return decision satisfies never;
    }
  }

  // 2. Nothing to do now: give the row back with the moment of its next wake.
  async function rest(
    row: Instance,
    decision: Extract<Decision, { kind: "watch" | "sleep" }>,
  ): Promise<Instance | undefined> {
    const watched = decision.kind === "watch";
    const rested = await write(row, (current) => ({
      row: { ...current, watched, nextActionAt: decision.until },
      release: true,
    }));
    if (rested.moved) return rested.row;
    if (ports.time.endNow() === -Infinity) askTheTime(row.id);
    if (watched) eyes.get(row.account)?.poke(row);
    if (decision.until !== undefined) await ports.scheduler.wake(row.id, decision.until);
    return undefined;
  }

  // 3. Its account is not configured any more: say so, and look again now and then.
  function park(row: Instance): Promise<Instance | undefined> {
    log.error(
      { instance: row.id, account: row.account },
      "no such account: configure it, so that its machines can be ended",
    );
    return rest(row, { kind: "sleep", until: clock.now() + 60_000 });
  }
}

const lostLease = (error: unknown) =>
  error instanceof StoreError && (error.code === "lease_lost" || error.code === "no_such_instance");
