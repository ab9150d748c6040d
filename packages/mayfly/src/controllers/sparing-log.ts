import type { Clock } from "../clock.ts";
import { StoreError } from "../store/error.ts";
import type { Log } from "./ports.ts";

const EVERY_MS = 10_000;

/**
 * The same log, in which storage that cannot be used is told of once in ten seconds, with how often it was left untold:
 * while that lasts, every row that is due fails every second.
 */
export function sparingLog(log: Log, clock: Pick<Clock, "monotonic">): Log {
  const told = new Map<string, { at: number; untold: number }>();

  const sparing = (say: Log["warn"]): Log["warn"] => {
    return (fields, message) => {
      if (!isOfStorage(fields)) return say(fields, message);
      const before = told.get(message);
      const now = clock.monotonic();
      if (before && now - before.at < EVERY_MS) return void (before.untold += 1);
      told.set(message, { at: now, untold: 0 });
      return say(before && before.untold > 0 ? { ...fields, untold: before.untold } : fields, message);
    };
  };

  return {
    debug: (fields, message) => log.debug(fields, message),
    info: (fields, message) => log.info(fields, message),
    warn: sparing((fields, message) => log.warn(fields, message)),
    error: sparing((fields, message) => log.error(fields, message)),
  };
}

const isOfStorage = (fields: object): boolean =>
  "err" in fields && fields.err instanceof StoreError && fields.err.code === "unavailable";
