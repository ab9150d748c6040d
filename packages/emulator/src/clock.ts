/** The system's wall clock, epoch milliseconds. */
export function systemNow(): number {
  return Date.now();
}

/** Waits in real time; ends early, rejecting with the signal's reason, when aborted. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(done, ms);
    signal?.addEventListener("abort", aborted, { once: true });
    function done(): void {
      signal?.removeEventListener("abort", aborted);
      resolve();
    }
    function aborted(): void {
      clearTimeout(timer);
      reject(signal?.reason);
    }
  });
}

/** Runs `work` once, `ms` after the first of several calls; `flush` runs what is still owed. */
export function debounce(work: () => void, ms: number): { (): void; flush(): void } {
  let timer: NodeJS.Timeout | undefined;
  function run(): void {
    clearTimeout(timer);
    timer = undefined;
    work();
  }
  function later(): void {
    timer ??= setTimeout(run, ms);
  }
  return Object.assign(later, {
    flush(): void {
      if (timer) run();
    },
  });
}
