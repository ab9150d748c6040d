import { StoreError } from "../store/error.ts";
import { LEASE_MS, MARGIN_MS, RENEW_EVERY_MS } from "./leases.ts";
import { nap } from "./nap.ts";
import type { Ports } from "./ports.ts";

/** What one process does for all that share the store. */
export interface Duties {
  /**
   * Does the work whenever this process has the duty, until the signal aborts; `work` ends when its tenure does. Another
   * process has it within `LEASE_MS` and a little after this one died, and at once after this one left.
   */
  keep(name: string, work: (tenure: Tenure) => Promise<void>, stopping: AbortSignal): Promise<void>;
}

export interface Tenure {
  /** By which the store knows this process. */
  token: string;
  /** Aborts when the duty is, or may be, another's. */
  signal: AbortSignal;
  /** Throws `lease_lost` when another process may have it by now: this process stood still for a while, say. */
  expectHeld(): void;
}

/** @param token of this process and no other */
export function createDuties(ports: Pick<Ports, "store" | "clock" | "log">, token: string): Duties {
  const { store, clock, log } = ports;

  /** When it was asked for, by the monotonic clock; undefined when it is another's. */
  async function take(name: string): Promise<number | undefined> {
    const [now, askedAt] = [clock.now(), clock.monotonic()];
    return (await store.takeDuty(name, { token, now, until: now + LEASE_MS })) ? askedAt : undefined;
  }

  async function serve(
    name: string,
    askedAt: number,
    work: (tenure: Tenure) => Promise<void>,
    stopping: AbortSignal,
  ): Promise<void> {
    const over = new AbortController();
    const signal = AbortSignal.any([stopping, over.signal]);
    let since = askedAt;
    const leftMs = () => since + LEASE_MS - MARGIN_MS - clock.monotonic();
    const expectHeld = () => {
      if (leftMs() <= 0) throw new StoreError("lease_lost", `${name}: this process stood still for too long`);
    };

    const prolonging = async () => {
      for (;;) {
        await nap(clock, RENEW_EVERY_MS, signal);
        if (signal.aborted) return;
        try {
          const again = await take(name);
          if (again === undefined) return over.abort(new Error(`${name} is another's now`));
          since = again;
        } catch (error) {
          log.warn({ duty: name, err: error }, "a duty could not be prolonged");
        }
      }
    };
    // A store that does not answer prolongs nothing.
    const guarding = async () => {
      for (let left = leftMs(); left > 0; left = leftMs()) {
        await nap(clock, left, signal);
        if (signal.aborted) return;
      }
      over.abort(new Error(`${name} could not be prolonged in time`));
    };

    log.info({ duty: name }, "this process does it for all from now on");
    const working = work({ token, signal, expectHeld }).finally(() =>
      over.abort(new Error(`${name}: it has ended`)),
    );
    await Promise.all([working, prolonging(), guarding()]);
    log.info({ duty: name }, "this process does not do it any more");
  }

  return {
    async keep(name, work, stopping) {
      while (!stopping.aborted) {
        try {
          const askedAt = await take(name);
          const isHeld = askedAt !== undefined && clock.monotonic() - askedAt < LEASE_MS - MARGIN_MS;
          if (isHeld) await serve(name, askedAt, work, stopping);
        } catch (error) {
          log.warn({ duty: name, err: error }, "a duty could not be taken or done; it is tried again");
        }
        await nap(clock, RENEW_EVERY_MS, stopping);
      }
      try {
        await store.leaveDuty(name, token);
      } catch (error) {
        log.warn({ duty: name, err: error }, "a duty could not be left; it is free when its time is over");
      }
    },
  };
}
