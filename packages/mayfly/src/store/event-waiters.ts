/** Those of this process who wait for something to be committed. */
export interface EventWaiters {
  /** Resolves at the next `wake`, or when the signal aborts. */
  wait(signal: AbortSignal): Promise<void>;
  wake(): void;
}

export function createEventWaiters(): EventWaiters {
  const waiting = new Set<() => void>();
  return {
    wait: (signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve();
        const end = () => {
          waiting.delete(end);
          signal.removeEventListener("abort", end);
          resolve();
        };
        waiting.add(end);
        signal.addEventListener("abort", end, { once: true });
      }),
    wake() {
      for (const end of waiting) end();
    },
  };
}
