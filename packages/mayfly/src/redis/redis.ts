/**
 * The few things that are asked of a Redis. Each is one command, one transaction or one script on the server: it is done
 * whole or not at all. A failure is a `RedisError`, after which it may have been done; nothing is repeated here.
 */
export interface Redis {
  /** Moves the first of `from` to the end of `to`, waiting for one; undefined when none came in time, or at the signal. */
  take(
    from: string,
    to: string,
    options: { waitMs: number; signal?: AbortSignal },
  ): Promise<Uint8Array | undefined>;
  /** The list from its beginning, so many at most. */
  list(key: string, most: number): Promise<Uint8Array[]>;
  /** Removes one of these bytes; that there is none is no failure. False, and nothing is done, when `held` is not so. */
  remove(key: string, value: Uint8Array, held?: Held): Promise<boolean>;
  /**
   * Removes one of these bytes and puts `entry` at the end of `to`; nothing where there is none. False, and nothing is
   * done, when `held` is not so.
   */
  divert(key: string, value: Uint8Array, to: string, entry: string, held?: Held): Promise<boolean>;
  get(key: string): Promise<string | undefined>;
  /** What the key holds becomes `after`, if it is `before`; undefined stands for nothing there. Answers whether it was. */
  swap(key: string, before: string | undefined, after: string | undefined, ttlMs: number): Promise<boolean>;
  /** Sets and publishes all, or none. */
  write(batch: RedisBatch): Promise<void>;
  /** Ends what waits, and the connections. What is asked afterwards fails. */
  close(): Promise<void>;
}

/** What a key has to hold for something to be done. */
export interface Held {
  key: string;
  value: string;
}

export interface RedisBatch {
  set: readonly { key: string; value: string; ttlMs?: number }[];
  publish?: readonly { channel: string; message: string }[];
}
