/** What befalls one call to a port. */
export type Fate =
  | "through"
  /** The process dies before the call has its effect, or after it had it and before the answer is in. */
  | "crash-before"
  | "crash-after"
  /** The process dies while the call is under way. */
  | "crash-during"
  /** The call goes out, and the process stands still for a while: others go on meanwhile. */
  | "freeze"
  /** The call fails without an effect, or has its effect and the answer is lost. */
  | { before: () => unknown }
  /** Something else answers, and the port never hears of it. */
  | { instead: () => unknown }
  | { after: () => unknown }
  /** The call goes out only when this lets it. */
  | { late: (go: () => void) => void };

/**
 * One simulated process: every call to a port goes through here. A crash is not a throw: what is pending never settles,
 * so that no `catch` and no `finally` of the dead process runs.
 */
export interface Interceptor {
  /** The port as this process reaches it. Methods that return no promise are passed through. */
  wrap<T extends object>(name: string, port: T, fate?: (call: string) => Fate): T;
  crash(): void;
  alive(): boolean;
  /** Calls that are under way, waiting for the clock left out. */
  busy(): number;
}

/** @param onFreeze given what lets the process go on again */
export function createInterceptor(
  onCrash: () => void,
  onFreeze: (goOn: () => void) => void = (goOn) => goOn(),
): Interceptor {
  let alive = true;
  let busy = 0;
  /** What waits for a frozen process to go on. */
  let frozen: (() => void)[] | undefined;

  const deliver = (answer: () => void) => {
    if (frozen) frozen.push(answer);
    else answer();
  };
  const freeze = () => {
    if (frozen) return;
    const waiting: (() => void)[] = [];
    frozen = waiting;
    onFreeze(() => {
      frozen = undefined;
      for (const answer of waiting) answer();
    });
  };

  const crash = () => {
    if (!alive) return;
    alive = false;
    onCrash();
  };

  function call<R>(perform: () => Promise<R>, fate: Fate, sleeping: boolean): Promise<R> {
    return new Promise<R>((resolve, reject) => {
      const settle = (answer: () => void) => {
        if (!sleeping) busy -= 1;
        deliver(() => alive && answer());
      };
      if (!sleeping) busy += 1;
      const begin = () => {
        if (alive && fate === "freeze") freeze();
        if (!alive || fate === "crash-before") {
          if (alive) crash();
          return settle(() => {});
        }
        if (typeof fate === "object" && "before" in fate) return settle(() => reject(fate.before()));
        if (typeof fate === "object" && "instead" in fate) return settle(() => resolve(fate.instead() as R));
        const performed = perform();
        if (alive && fate === "crash-during") crash();
        performed.then(
          (result) => {
            if (alive && fate === "crash-after") crash();
            settle(() =>
              typeof fate === "object" && "after" in fate ? reject(fate.after()) : resolve(result),
            );
          },
          (error) => {
            if (alive && fate === "crash-after") crash();
            settle(() => reject(error));
          },
        );
      };
      if (typeof fate !== "object" || !("late" in fate)) return queueMicrotask(begin);
      if (!sleeping) busy -= 1;
      fate.late(() => {
        if (!sleeping) busy += 1;
        begin();
      });
    });
  }

  return {
    wrap(name, port, fate = () => "through") {
      // One for each method: they are asked for all the time.
      const reached = new Map<string | symbol, unknown>();
      return new Proxy(port, {
        get(target, property, receiver) {
          const known = reached.get(property);
          if (known !== undefined) return known;
          const value: unknown = Reflect.get(target, property, receiver);
          if (typeof value !== "function") return value;
          const site = `${name}.${String(property)}`;
          const method = SYNCHRONOUS.has(site)
            ? (...args: unknown[]): unknown => Reflect.apply(value, target, args)
            : (...args: unknown[]) =>
                alive
                  ? call(
                      () => Promise.resolve(Reflect.apply(value, target, args)),
                      fate(site),
                      WAITS.has(site),
                    )
                  : new Promise(() => {});
          reached.set(property, method);
          return method;
        },
        apply(target, self, args) {
          if (!alive) return new Promise(() => {});
          return call(() => Promise.resolve(Reflect.apply(target as never, self, args)), fate(name), false);
        },
      });
    },
    crash,
    alive: () => alive,
    busy: () => busy,
  };
}

/** The calls that wait for the clock, or for somebody else. */
const WAITS = new Set(["clock.sleep", "store.watchedChanged"]);

/** The calls that read something of the process itself and cannot wait. */
const SYNCHRONOUS = new Set([
  "clock.now",
  "clock.monotonic",
  "random.bytes",
  "random.fraction",
  "time.endNow",
  "time.heard",
  "time.steadySince",
]);
