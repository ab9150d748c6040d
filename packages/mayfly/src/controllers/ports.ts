import type { Clock } from "../clock.ts";
import type { Probe } from "../probe/probe.ts";
import type { Limiter } from "../providers/limiter.ts";
import type { Provider } from "../providers/provider.ts";
import type { Random } from "../random.ts";
import type { Scheduler } from "../scheduler/scheduler.ts";
import type { Store } from "../store/store.ts";
import type { TrustedTime } from "./trusted-time.ts";

/** All that the core reaches the world through. */
export interface Ports {
  store: Store;
  scheduler: Scheduler;
  clock: Clock;
  random: Random;
  accounts: Map<string, Account>;
  time: TrustedTime;
  log: Log;
  /** Present where other processes, here or on other machines, work on the same rows; then `clock` tells the store's time. */
  together?: Together;
}

export interface Together {
  /** Which process this is, for people: its host and its pid, say. */
  as: string;
}

/** One set of credentials at one provider. */
export interface Account {
  name: string;
  provider: Provider;
  /** Asks its machines from outside. Absent when no address leads to them, as with an emulated cloud's. */
  probe?: Probe;
  defaultZone: string;
  /** Its limiter, where there is one, which may share a bucket with those of other processes. */
  limiter?: Pick<Limiter, "share">;
  /** Sweep every zone of the provider, not only those ever used: after the home was lost. */
  sweepAllZones: boolean;
}

/** A structured logger; pino's interface, as far as it is used. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
