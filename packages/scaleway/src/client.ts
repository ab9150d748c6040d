import type { Client } from "@scaleway/sdk-client";
import {
  createAdvancedClient,
  withAdditionalInterceptors,
  withHTTPClient,
  withProfile,
  withUserAgentSuffix,
} from "@scaleway/sdk-client";
import type { Clock } from "./clock.ts";
import type { ScalewayCredentials } from "./credentials.ts";
import type { Fetch } from "./fetch-chain.ts";
import { fetchChain } from "./fetch-chain.ts";
import { lostCall } from "./lost-call.ts";
import { Withheld } from "./withheld.ts";

export interface ScalewayOptions {
  credentials: ScalewayCredentials;
  /** @default "https://api.scaleway.com" */
  apiUrl?: string;
  /** Reaches the network. */
  fetch: Fetch;
  clock: Clock;
  /** For the jitter of retries. */
  random: { fraction(): number };
  /** Behind the SDK's own user agent. */
  userAgentSuffix?: string;
  /**
   * For one attempt, its body included. `false` when the given fetch bounds its attempts itself (`withTimeout`), as it
   * must below a limiter whose queue is not to count.
   * @default 20_000
   */
  timeoutMs?: number | false;
  /** For one attempt to create a server. @default 60_000 */
  createTimeoutMs?: number;
  /** How often a read is repeated. @default 2 */
  retries?: number;
}

/** For whom calls are made. */
export interface Caller {
  /** Ends them. */
  signal?: AbortSignal | undefined;
  /** Throws when they are not to go out any more. */
  fence?: (() => void) | undefined;
}

/** What every product's API is built on: our fetch chain below the official client. */
export function clientFor(options: ScalewayOptions, { signal, fence }: Caller = {}): Client {
  const { credentials, apiUrl, clock, random, timeoutMs = 20_000 } = options;
  const { createTimeoutMs = 60_000, retries = 2, userAgentSuffix } = options;
  const secrets = [credentials.secretKey];
  const how = fence && { fence: () => orWithheld(fence) };
  const chain = fetchChain((request) => options.fetch(request, how), {
    clock,
    random,
    secrets,
    timeoutMs,
    createTimeoutMs,
    retries,
    signal,
  });
  return createAdvancedClient(
    withProfile({
      accessKey: credentials.accessKey,
      secretKey: credentials.secretKey,
      defaultProjectId: credentials.projectId,
      defaultOrganizationId: credentials.organizationId,
      defaultZone: credentials.zone,
      apiURL: apiUrl?.replace(/\/+$/, ""),
    }),
    withHTTPClient(chain),
    userAgentSuffix === undefined ? (settings) => settings : withUserAgentSuffix(userAgentSuffix),
    withAdditionalInterceptors([
      {
        // Whole JSON of a shape that the SDK doesn't expect: an answer that can't be trusted.
        responseError: ({ request, error }) => Promise.reject(lostCall(request, error, secrets)),
      },
    ]),
  );
}

function orWithheld(fence: () => void): void {
  try {
    fence();
  } catch (error) {
    throw new Withheld(error);
  }
}
