import type { Clock } from "../clock.ts";
import { RedisError } from "./error.ts";
import type { Redis, RedisBatch } from "./redis.ts";

/** A Redis in memory: what it holds outlives those who are connected to it. */
export interface MemoryRedis {
  /** Somebody's connections; `close` is also what becomes of them when their process dies. */
  connect(): Redis;
  /** As a producer does: at the right end, or at the left one. */
  push(key: string, value: string | Uint8Array, side?: "left"): void;
  listOf(key: string): string[];
  valueOf(key: string): string | undefined;
  /** All that was published, in order. */
  published: { channel: string; message: string }[];
  /** While it is down every call fails. `forget`: it comes back empty. */
  down: boolean;
  forget(): void;
}

export function createMemoryRedis(clock: Clock): MemoryRedis {
  const lists = new Map<string, Buffer[]>();
  const values = new Map<string, { value: string; until: number }>();
  const waiting = new Set<() => void>();

  const listAt = (key: string) => lists.get(key) ?? [];
  const append = (key: string, value: Buffer) => {
    lists.set(key, [...listAt(key), value]);
    for (const wake of waiting) wake();
  };
  const removeFrom = (key: string, value: Uint8Array) => {
    const at = listAt(key).findIndex((each) => each.equals(value));
    if (at >= 0) lists.set(key, listAt(key).toSpliced(at, 1));
    return at >= 0;
  };
  const valueAt = (key: string) => {
    const found = values.get(key);
    return found !== undefined && found.until > clock.now() ? found.value : undefined;
  };
  const setValue = (key: string, value: string, ttlMs = Infinity) =>
    void values.set(key, { value, until: clock.now() + ttlMs });

  const server: MemoryRedis = {
    published: [],
    down: false,
    push(key, value, side) {
      if (side === "left") lists.set(key, [Buffer.from(value), ...listAt(key)]);
      else append(key, Buffer.from(value));
      for (const wake of waiting) wake();
    },
    listOf: (key) => listAt(key).map(String),
    valueOf: valueAt,
    forget() {
      lists.clear();
      values.clear();
    },
    connect,
  };

  function connect(): Redis {
    const closed = new AbortController();
    const reach = () => {
      if (server.down || closed.signal.aborted)
        throw new RedisError("unavailable", "ask redis in memory: it is down");
    };
    return {
      async take(from, to, { waitMs, signal }) {
        const until = clock.now() + waitMs;
        const over = AbortSignal.any([closed.signal, ...(signal ? [signal] : [])]);
        for (;;) {
          reach();
          const [first, ...rest] = listAt(from);
          if (over.aborted) return undefined;
          if (first) {
            lists.set(from, rest);
            append(to, first);
            return first;
          }
          if (clock.now() >= until) return undefined;
          await pushed(until - clock.now(), over);
        }
      },
      async list(key, most) {
        reach();
        return listAt(key).slice(0, most);
      },
      async remove(key, value, held) {
        reach();
        if (held && valueAt(held.key) !== held.value) return false;
        removeFrom(key, value);
        return true;
      },
      async divert(key, value, to, entry, held) {
        reach();
        if (held && valueAt(held.key) !== held.value) return false;
        if (removeFrom(key, value)) append(to, Buffer.from(entry));
        return true;
      },
      async get(key) {
        reach();
        return valueAt(key);
      },
      async swap(key, before, after, ttlMs) {
        reach();
        if (valueAt(key) !== before) return false;
        if (after === undefined) values.delete(key);
        else setValue(key, after, ttlMs);
        return true;
      },
      async write({ set, publish = [] }: RedisBatch) {
        reach();
        for (const { key, value, ttlMs } of set) setValue(key, value, ttlMs);
        server.published.push(...publish);
      },
      async close() {
        closed.abort();
      },
    };
  }

  /** Until something is pushed, the time is over, or the signal aborts. */
  async function pushed(ms: number, signal: AbortSignal): Promise<void> {
    const end = new AbortController();
    const wake = () => end.abort();
    waiting.add(wake);
    try {
      await clock.sleep(ms, AbortSignal.any([end.signal, signal]));
    } catch (error) {
      if (!end.signal.aborted && !signal.aborted) throw error;
    } finally {
      waiting.delete(wake);
    }
  }

  return server;
}
