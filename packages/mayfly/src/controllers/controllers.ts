import { createLeases } from "./leases.ts";
import { createObserver } from "./observe.ts";
import type { Observer } from "./observe.ts";
import type { Ports } from "./ports.ts";
import { createReconcile } from "./reconcile.ts";
import { createRemoveShared } from "./remove-shared.ts";
import { SWEEP_EVERY_MS, sweep } from "./sweep.ts";
import type { SweepReport } from "./sweep.ts";

const SHORTEST_NAP_MS = 2_000;

/** The core at work: one process's worth of controllers on its ports. */
export interface Controllers {
  start(): Promise<void>;
  /** Ends what is under way and gives its rows back. What is not done by then is done after the next start. */
  stop(): Promise<void>;
  lastSweep(account: string): SweepReport | undefined;
  /** How many things nobody claimed were given a row to be deleted by, since the start. */
  reaped(account: string): number;
}

export function createControllers(ports: Ports): Controllers {
  const { scheduler, clock, random, log } = ports;
  const stopping = new AbortController();
  const observers = new Map<string, Observer>();
  for (const account of ports.accounts.values()) observers.set(account.name, createObserver(ports, account));
  const leases = createLeases(ports, Buffer.from(random.bytes(12)).toString("hex"));
  // Something is overdue, and only a cloud's answer can say whether it is: the next sweep asks.
  let asked = new AbortController();
  const askTheTime = () => asked.abort();
  const reconcile = createReconcile(ports, { observers, leases, askTheTime, stopping: stopping.signal });
  const removeShared = createRemoveShared(ports);
  const reports = new Map<string, SweepReport>();
  const found = new Map<string, number>();
  let loops: Promise<void>[] = [];

  async function sweeping(name: string): Promise<void> {
    const account = ports.accounts.get(name)!;
    let failures = 0;
    while (!stopping.signal.aborted) {
      try {
        const report = await sweep(ports, account, observers.get(name)!, stopping.signal);
        reports.set(name, report);
        found.set(name, (found.get(name) ?? 0) + report.found);
        failures = 0;
        log.debug({ account: name, ...report }, "swept");
        await removeShared(account, stopping.signal);
      } catch (error) {
        if (stopping.signal.aborted) return;
        failures += 1;
        log.warn(
          { account: name, err: error, failures },
          "a sweep failed, and nothing was concluded from it",
        );
      }
      // A failed sweep is tried again soon: until one succeeds, no clock is trusted.
      await nap(SHORTEST_NAP_MS, stopping.signal);
      if (asked.signal.aborted) asked = new AbortController();
      const restMs = failures === 0 ? SWEEP_EVERY_MS : Math.min(SWEEP_EVERY_MS, 2_000 * 2 ** (failures - 1));
      await nap(restMs - SHORTEST_NAP_MS, AbortSignal.any([stopping.signal, asked.signal]));
    }
  }

  async function nap(ms: number, until: AbortSignal): Promise<void> {
    try {
      await clock.sleep(ms, until);
    } catch (error) {
      if (!until.aborted) throw error;
    }
  }

  return {
    async start() {
      await scheduler.start(reconcile, (error) =>
        log.error({ err: error }, "an instance could not be worked on; it will be tried again"),
      );
      for (const [name, observer] of observers) loops.push(observer.run(stopping.signal), sweeping(name));
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
