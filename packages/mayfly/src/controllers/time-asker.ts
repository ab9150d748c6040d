import { either } from "./either.ts";
import { nap } from "./nap.ts";
import type { Ports } from "./ports.ts";

const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 60_000;

/**
 * Has a cloud say what time it is, in a process that may have no other reason to ask it anything: each process trusts no
 * clock that no cloud's answer has agreed with, and most don't look at the cloud.
 */
export interface TimeAsker {
  /** This instance may be overdue: it is looked at again when the time is known. */
  ask(instanceId: string): void;
  /** Asks at once, then whenever somebody wants to know. */
  run(signal: AbortSignal): Promise<void>;
}

export function createTimeAsker(ports: Ports): TimeAsker {
  const { store, scheduler, clock, log, time } = ports;
  const waiting = new Set<string>();
  let asked = new AbortController();

  /** One small list of the first account that answers. */
  async function hear(signal: AbortSignal): Promise<void> {
    const owner = await store.owner();
    let failure: unknown;
    for (const { provider, defaultZone } of ports.accounts.values()) {
      try {
        await provider.list({
          owner,
          zones: [defaultZone],
          kinds: new Set(["machine"] as const),
          ids: new Set(),
          signal,
        });
        return;
      } catch (error) {
        failure = error;
      }
    }
    if (failure !== undefined) throw failure;
  }

  async function answer(signal: AbortSignal): Promise<void> {
    for (let pauseMs = FIRST_PAUSE_MS; !signal.aborted; pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2)) {
      try {
        if (time.endNow() === -Infinity) await hear(signal);
        const ids = [...waiting];
        await scheduler.wakeNow(ids);
        for (const id of ids) waiting.delete(id);
        return;
      } catch (error) {
        if (signal.aborted) return;
        log.warn({ err: error }, "no cloud says what time it is; nothing is ended until one does");
      }
      await nap(clock, pauseMs, signal);
    }
  }

  return {
    ask(id) {
      waiting.add(id);
      asked.abort();
    },
    async run(signal) {
      while (!signal.aborted) {
        asked = new AbortController();
        await answer(signal);
        await either(signal, asked.signal);
        // Not more often, whatever a clock does.
        await nap(clock, FIRST_PAUSE_MS, signal);
      }
    },
  };
}
