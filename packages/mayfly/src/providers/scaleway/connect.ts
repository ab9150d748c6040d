import { withTimeout } from "@mayfly/scaleway";
import type { ScalewayCredentials } from "@mayfly/scaleway";
import type { Clock } from "../../clock.ts";
import type { Random } from "../../random.ts";
import { limitedFetch } from "../limited-fetch.ts";
import { createLimiter } from "../limiter.ts";
import type { CallClass, Limiter } from "../limiter.ts";
import type { Provider } from "../provider.ts";
import { createScalewayProvider } from "./scaleway.ts";

export interface ConnectScalewayOptions {
  credentials: ScalewayCredentials;
  apiUrl?: string;
  defaultZone: string;
  clock: Clock;
  random: Random;
  /** @default 20 */
  callsPerSecond?: number | undefined;
  /** What each call goes out by. */
  fetch: (request: Request) => Promise<Response>;
  /** Told the time of every answer. */
  heard: (cloudNow: number, sentAt: number) => void;
}

/** One Scaleway account: the provider behind the account's limiter. A call's time limit begins when the limiter lets it out. */
export function connectScaleway(options: ConnectScalewayOptions): { provider: Provider; limiter: Limiter } {
  const { credentials, apiUrl, defaultZone, clock, random, heard, callsPerSecond } = options;
  const limiter = createLimiter({ clock, random, ...(callsPerSecond !== undefined && { callsPerSecond }) });
  const bounded = withTimeout(options.fetch, { clock, timeoutMs: 20_000, createTimeoutMs: 60_000 });
  const behind = (of: CallClass) => limitedFetch(bounded, of, { limiter, clock, heard });
  const provider = createScalewayProvider({
    credentials,
    apiUrl,
    defaultZone,
    clock,
    random,
    timeoutMs: false,
    fetch: { read: behind("read"), create: behind("create"), delete: behind("delete") },
  });
  return { provider, limiter };
}
