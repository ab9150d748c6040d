import type { Sighting } from "../lifecycle/observed.ts";
import { createDuties } from "./duties.ts";
import type { Tenure } from "./duties.ts";
import { createEyes } from "./eyes.ts";
import type { Eyes } from "./eyes.ts";
import { createLeases } from "./leases.ts";
import { nap } from "./nap.ts";
import { createObserver } from "./observe.ts";
import type { Observer } from "./observe.ts";
import { bePresent } from "./presence.ts";
import type { Account, Ports } from "./ports.ts";
import { createReconcile } from "./reconcile.ts";
import { createRemoveShared } from "./remove-shared.ts";
import { createSharedBucket } from "./shared-bucket.ts";
import { SWEEP_EVERY_MS, sweep } from "./sweep.ts";
import type { SweepReport } from "./sweep.ts";
import { createTimeAsker } from "./time-asker.ts";

const SHORTEST_NAP_MS = 2_000;
const FIRST_SWEEP_MS = 5_000;

/** The core at work: one process's worth of controllers on its ports. */
export interface Controllers {
  start(): Promise<void>;
  /** Ends what is under way and gives its rows back. What is not done by then is done after the next start. */
  stop(): Promise<void>;
  /**
   * Does this as long as it runs, and where several processes share the store in one of them at a time.
   * `work` ends when its tenure does.
   */
  keep(duty: string, work: (tenure: Tenure) => Promise<void>): void;
  lastSweep(account: string): SweepReport | undefined;
  /** How many things nobody claimed were given a row to be deleted by, since the start. */
  reaped(account: string): number;
}

export function createControllers(ports: Ports): Controllers {
  const { scheduler, clock, random, log, together } = ports;
  const stopping = new AbortController();
  const leases = createLeases(ports, Buffer.from(random.bytes(12)).toString("hex"));
  const token = `${together?.as ?? "the only one"} ${leases.token}`;
  const duties = createDuties(ports, token);
  const observers = new Map<string, Observer>();
  const eyes = new Map<string, Eyes>();
  for (const account of ports.accounts.values()) {
    if (together) account.limiter?.share((rate) => createSharedBucket(ports, account.name, rate));
    const duty = { name: `watch/${account.name}`, token };
    const tell = (sightings: Sighting[]) => ports.store.observe(duty, sightings);
    const observer = createObserver(ports, account, together && tell);
    observers.set(account.name, observer);
    eyes.set(account.name, createEyes(ports, account, observer));
  }
  // Something is overdue, and only a cloud's answer can say whether it is: the next sweep asks.
  let asked = new AbortController();
  const timeAsker = together && createTimeAsker(ports);
  const askTheTime = (id: string) => {
    asked.abort();
    timeAsker?.ask(id);
  };
  const reconcile = createReconcile(ports, { eyes, leases, askTheTime, stopping: stopping.signal });
  const removeShared = createRemoveShared(ports);
  const reports = new Map<string, SweepReport>();
  const found = new Map<string, number>();
  let loops: Promise<void>[] = [];

  async function sweeping(account: Account, tenure: Tenure): Promise<void> {
    const { name } = account;
    let failures = 0;
    while (!tenure.signal.aborted) {
      try {
        const report = await sweep(ports, account, observers.get(name)!, tenure);
        reports.set(name, report);
        found.set(name, (found.get(name) ?? 0) + report.found);
        failures = 0;
        log.debug({ account: name, ...report }, "swept");
        await removeShared(account, tenure.signal);
      } catch (error) {
        if (tenure.signal.aborted) return;
        failures += 1;
        log.warn(
          { account: name, err: error, failures },
          "a sweep failed, and nothing was concluded from it",
        );
      }
      // A failed sweep is tried again soon: until one succeeds, no clock is trusted.
      await nap(clock, SHORTEST_NAP_MS, tenure.signal);
      if (asked.signal.aborted) asked = new AbortController();
      const restMs = failures === 0 ? SWEEP_EVERY_MS : Math.min(SWEEP_EVERY_MS, 2_000 * 2 ** (failures - 1));
      await nap(clock, restMs - SHORTEST_NAP_MS, tenure.signal, asked.signal);
    }
  }

  const watching = (account: Account) => async (tenure: Tenure) => {
    const sweepingSoon = async () => {
      // Who takes over from another has those to look for first who wait.
      if (together) await nap(clock, FIRST_SWEEP_MS, tenure.signal);
      await sweeping(account, tenure);
    };
    await Promise.all([observers.get(account.name)!.run(tenure.signal), sweepingSoon()]);
  };
  const alone: Tenure = { token, signal: stopping.signal, expectHeld: () => undefined };

  function inOne(duty: string, work: (tenure: Tenure) => Promise<void>): void {
    loops.push(together ? duties.keep(duty, work, stopping.signal) : work(alone));
  }

  return {
    keep: inOne,
    async start() {
      await scheduler.start(reconcile, (error) =>
        log.error({ err: error }, "an instance could not be worked on; it will be tried again"),
      );
      for (const account of ports.accounts.values()) inOne(`watch/${account.name}`, watching(account));
      if (timeAsker) loops.push(timeAsker.run(stopping.signal));
      if (together) loops.push(bePresent(ports, token, stopping.signal));
    },
    async stop() {
      stopping.abort(new Error("the service is stopping"));
      await scheduler.stop();
      await Promise.all(loops);
      loops = [];
    },
    lastSweep: (account) => reports.get(account),
    reaped: (account) => found.get(account) ?? 0,
  };
}
