/**
 * Wakes instances when their time has come. The rows hold the times; a scheduler only has to be quick. Losing all that
 * it knows costs latency, never an instance.
 */
export interface Scheduler {
  /**
   * Begins to call `handle` for every due instance: never twice at once for one id, many ids at once. What is due
   * already is called at once. A rejection of `handle` is a bug of the handler: it goes to `onError`.
   */
  start(handle: (instanceId: string) => Promise<void>, onError: (error: unknown) => void): Promise<void>;
  /**
   * The instance's time was written as `at`, or it is to be looked at now although its time has not come. Replaces an
   * earlier wake. A wake that arrives while the instance is being handled is not lost: it is handled once more.
   */
  wake(instanceId: string, at: number): Promise<void>;
  /** All of these are to be looked at now: as `wake`, of many at the price of one. */
  wakeNow(instanceIds: readonly string[]): Promise<void>;
  /** No new calls; resolves when those under way have ended. */
  stop(): Promise<void>;
}

/** What a scheduler needs to know of the rows. */
export interface DueRows {
  due(now: number, limit: number): Promise<string[]>;
  nextDueAt(now: number): Promise<number | undefined>;
}
