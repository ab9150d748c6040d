import type { Clock } from "../clock.ts";

/** One sleep at a time, which may be cut short. */
export interface Nap {
  /** Resolves after `ms`, or as soon as it is cut short. */
  sleep(ms: number): Promise<void>;
  cutShort(): void;
}

export function createNap(clock: Clock): Nap {
  let current: AbortController | undefined;
  return {
    async sleep(ms) {
      const controller = new AbortController();
      current = controller;
      try {
        await clock.sleep(ms, controller.signal);
      } catch (error) {
        if (!controller.signal.aborted) throw error;
      } finally {
        current = undefined;
      }
    },
    // Without a reason of its own each abort would make an error with a stack.
    cutShort: () => current?.abort("cut short"),
  };
}
