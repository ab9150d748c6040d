import type { AccountIdentity } from "../client/account-fingerprint.ts";
import type { Clock } from "../clock.ts";
import type { AccountSettings } from "../config.ts";
import type { Limiter } from "../providers/limiter.ts";
import type { Provider } from "../providers/provider.ts";

export interface ConnectOptions {
  settings: AccountSettings;
  env: NodeJS.ProcessEnv;
  clock: Clock;
  /** What each call goes out by. */
  fetch: (request: Request) => Promise<Response>;
  /** Told the time of every answer. */
  heard: (cloudNow: number, sentAt: number) => void;
}

export interface Connection {
  provider: Provider;
  limiter: Limiter;
  defaultZone: string;
  identity: AccountIdentity;
}

/** Makes one kind of cloud's account of its settings, or says in words what is missing. No call is made. */
export type Connect = (options: ConnectOptions) => Promise<Connection | { problems: string[] }>;
