import { setImmediate as turn } from "node:timers/promises";
import type { Clock } from "../clock.ts";
import type { Store } from "../store/store.ts";

/** What is under way with a database that takes real time for it, while virtual time stands still. */
export interface CountedCalls {
  /** The same store, whose calls count. */
  counting(store: Store): Store;
  /** A clock for what works on after each sleep until the next: that counts as well. */
  countingWork(clock: Clock): Clock;
  during<T>(work: Promise<T>): Promise<T>;
  /** Resolves when nothing is under way any more: whether something was. */
  settled(): Promise<boolean>;
}

/** They wait for somebody else. */
const WAITS = new Set(["eventCommitted", "watchedChanged"]);
/** An answer may lead to the next call, so many turns later at most. */
const QUIET_TURNS = 3;

export function countedCalls(): CountedCalls {
  let count = 0;
  let idle = Promise.withResolvers<void>();
  const begin = () => void (count += 1);
  const end = () => {
    count -= 1;
    if (count > 0) return;
    idle.resolve();
    idle = Promise.withResolvers();
  };
  const during = <T>(work: Promise<T>): Promise<T> => {
    begin();
    return work.finally(end);
  };

  return {
    during,
    counting: (store) =>
      new Proxy(store, {
        get(target, name) {
          const value: unknown = Reflect.get(target, name);
          if (typeof value !== "function" || WAITS.has(String(name))) return value;
          return (...args: unknown[]) => during(Reflect.apply(value, target, args) as Promise<unknown>);
        },
      }),
    countingWork(clock) {
      let works = false;
      return {
        ...clock,
        async sleep(ms, signal) {
          if (works) end();
          works = false;
          await clock.sleep(ms, signal);
          works = true;
          begin();
        },
      };
    },
    async settled() {
      let were = false;
      for (let quiet = 0; quiet < QUIET_TURNS; quiet++) {
        await turn();
        if (count === 0) continue;
        were = true;
        quiet = -1;
        await idle.promise;
      }
      return were;
    },
  };
}
