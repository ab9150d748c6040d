import { LEASE_MS, RENEW_EVERY_MS } from "./leases.ts";
import { nap } from "./nap.ts";
import type { Ports } from "./ports.ts";

/** Before every process is known by its presence: more than there are lets through less than might be. */
const GUESS = 4;
/** Stands before the token of each process among the duties. */
export const PRESENCE = "worker/";

/** Who looks at an account's cloud for all lists it again and again; what the others call is less. */
const PART_OF_WATCHER = 1 / 2;

/**
 * How many processes there are: each says in the store that it is there, so that together they make no more calls by an
 * account than one may. One that dies is counted until its presence ends.
 */
export interface Presence {
  /** Is there from now on. Nothing is called before the others, if there are any, have counted anew. */
  begin(): Promise<void>;
  /** Says so again and again, and counts; until the signal aborts. */
  run(signal: AbortSignal): Promise<void>;
}

export function createPresence(
  { store, clock, log, accounts }: Pick<Ports, "store" | "clock" | "log" | "accounts">,
  token: string,
): Presence {
  const name = `${PRESENCE}${token}`;

  async function count(): Promise<number> {
    const now = clock.now();
    await store.takeDuty(name, { token, now, until: now + LEASE_MS });
    const duties = await store.duties(now);
    const processes = duties.filter((duty) => duty.name.startsWith(PRESENCE)).length;
    for (const [account, { limiter }] of accounts) {
      const watcher = duties.find((duty) => duty.name === `watch/${account}`)?.token;
      limiter?.share(partOf(processes, watcher === undefined ? undefined : watcher === token));
    }
    return processes;
  }

  return {
    async begin() {
      for (const { limiter } of accounts.values()) limiter?.share(partOf(GUESS, false));
      try {
        if ((await count()) === 1) return;
      } catch (error) {
        log.warn({ err: error }, "it is not known yet how many processes there are");
      }
      for (const { limiter } of accounts.values()) limiter?.hold(RENEW_EVERY_MS);
    },
    async run(signal) {
      while (!signal.aborted) {
        await nap(clock, RENEW_EVERY_MS, signal);
        if (signal.aborted) break;
        try {
          await count();
        } catch (error) {
          // The count of before stands: a store that is away is away for the others too.
          log.warn({ err: error }, "this process could not say that it is there");
        }
      }
      try {
        await store.leaveDuty(name, token);
      } catch (error) {
        log.warn({ err: error }, "this process could not say that it goes; it is counted a little longer");
      }
    },
  };
}

/** @param watches whether it is this process that looks for all; undefined: nobody does. */
function partOf(processes: number, watches: boolean | undefined): number {
  if (processes <= 1) return 1;
  if (watches === undefined) return 1 / processes;
  return watches ? PART_OF_WATCHER : (1 - PART_OF_WATCHER) / (processes - 1);
}
