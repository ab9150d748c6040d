import type { Clock } from "../../clock.ts";
import type { Random } from "../../random.ts";
import { limitedFetch } from "../limited-fetch.ts";
import { createLimiter } from "../limiter.ts";
import type { CallClass, Limiter } from "../limiter.ts";
import type { Provider } from "../provider.ts";
import { createAwsProvider } from "./aws.ts";
import { boundedFetch } from "./bounded-fetch.ts";
import type { AwsCredentials } from "./credentials.ts";
import { throttledFetch } from "./throttled-fetch.ts";

export interface ConnectAwsOptions {
  credentials: AwsCredentials;
  region: string;
  endpoint?: string;
  clock: Clock;
  random: Random;
  /** @default 20 */
  callsPerSecond?: number | undefined;
  /** What each call goes out by. */
  fetch: (request: Request) => Promise<Response>;
  /** Told the time of every answer. */
  heard: (cloudNow: number, sentAt: number) => void;
}

/** A call's time limit begins when the limiter lets it out. Making a machine may take longer than most. */
const TIMEOUT_MS = 60_000;

/** One AWS account: the provider behind the account's limiter. */
export function connectAws(options: ConnectAwsOptions): { provider: Provider; limiter: Limiter } {
  const { credentials, region, endpoint, clock, random, heard, callsPerSecond } = options;
  const limiter = createLimiter({ clock, random, ...(callsPerSecond !== undefined && { callsPerSecond }) });
  const bounded = throttledFetch(boundedFetch(options.fetch, { clock, timeoutMs: TIMEOUT_MS }));
  const behind = (of: CallClass) => limitedFetch(bounded, of, { limiter, clock, heard });
  const provider = createAwsProvider({
    credentials,
    region,
    endpoint,
    clock,
    fetch: { read: behind("read"), create: behind("create"), delete: behind("delete") },
  });
  return { provider, limiter };
}
