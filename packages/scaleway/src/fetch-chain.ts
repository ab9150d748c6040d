import type { Clock } from "./clock.ts";
import { withErrors } from "./with-errors.ts";
import { withRetry } from "./with-retry.ts";
import { withTimeout } from "./with-timeout.ts";

/** The platform's own `fetch` is one too. */
export type Fetch = (request: Request, how?: Fenceable) => Promise<Response>;

interface Fenceable extends RequestInit {
  /** Throws when the call is not to go out any more: a fetch that lets calls wait asks it right before it sends. */
  fence?: () => void;
}

export interface FetchChainOptions {
  clock: Clock;
  random: { fraction(): number };
  secrets: readonly string[];
  timeoutMs: number | false;
  createTimeoutMs: number;
  retries: number;
  signal?: AbortSignal;
}

/** What stands between the SDK and the network; read from the inside out. */
export function fetchChain(base: Fetch, options: FetchChainOptions): typeof fetch {
  const { timeoutMs, signal } = options;
  let chain: Fetch = base;
  // 1. One attempt is bounded in time, up to the last byte.
  if (timeoutMs !== false) chain = withTimeout(chain, { ...options, timeoutMs });
  // 2. What is no trustworthy success becomes an error with a name, without secrets.
  chain = withErrors(chain, options);
  // 3. Reads are repeated by that name.
  chain = withRetry(chain, options);
  // 4. Outermost, the caller's signal ends attempts and waits alike. A redirect would take the secret key along, to
  // wherever it points.
  return (input, init) => {
    const own = init?.signal ?? (input instanceof Request ? input.signal : undefined);
    const signals = [own, signal].filter((one) => one !== undefined && one !== null);
    return chain(new Request(input, { ...init, redirect: "error", signal: AbortSignal.any(signals) }));
  };
}
