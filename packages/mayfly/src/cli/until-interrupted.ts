/** Aborts at the first Ctrl-C or SIGTERM; after that the process ends by itself within the bound, or is ended. */
export function untilInterrupted(boundMs: number): AbortSignal {
  const interrupted = new AbortController();
  const interrupt = () => {
    if (interrupted.signal.aborted) return;
    interrupted.abort();
    setTimeout(() => process.exit(1), boundMs).unref();
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, interrupt);
  return interrupted.signal;
}

/** Resolves when the signal aborts. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
