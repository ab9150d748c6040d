import type { EC2, EC2ClientConfig } from "@aws-sdk/client-ec2";
import type { Clock } from "../../clock.ts";
import type { CallClass } from "../limiter.ts";
import type { Clients } from "./clients.ts";
import type { AwsCredentials } from "./credentials.ts";
import { fetchHandler } from "./fetch-handler.ts";

export interface Ec2ClientsOptions {
  credentials: AwsCredentials;
  /** @default the region's own */
  endpoint?: string;
  clock: Pick<Clock, "sleep">;
  fetch: Record<CallClass, (request: Request) => Promise<Response>>;
}

/**
 * The official SDK, loaded when the first call is made: it is large. It repeats nothing by itself. Credentials that are
 * not given are looked for by its own chain (profiles, SSO, roles), whose calls don't go through our fetch: they are waited
 * for a minute.
 */
export function createEc2Clients(options: Ec2ClientsOptions): Clients["ec2"] {
  const { credentials, endpoint, clock, fetch } = options;
  const made = new Map<string, Promise<EC2>>();
  const make = async (of: CallClass, region: string): Promise<EC2> => {
    const { EC2 } = await import("@aws-sdk/client-ec2");
    const config: EC2ClientConfig = {
      region,
      endpoint,
      maxAttempts: 1,
      requestHandler: fetchHandler(fetch[of]),
      customUserAgent: "mayfly",
    };
    if (!("profile" in credentials)) return new EC2({ ...config, credentials });
    const client = new EC2({ ...config, ...profileOf(credentials) });
    client.config.credentials = withinTime(client.config.credentials, clock);
    return client;
  };
  return (of, region) => {
    const key = `${of} ${region}`;
    const known = made.get(key);
    if (known !== undefined) return known;
    const client = make(of, region);
    made.set(key, client);
    client.catch(() => made.delete(key));
    return client;
  };
}

const CREDENTIALS_WITHIN_MS = 60_000;

/** A program that asks somebody, or a service that hangs, would hold up every call of the account without a word. */
function withinTime<Given extends unknown[], Found>(
  find: (...given: Given) => Promise<Found>,
  clock: Pick<Clock, "sleep">,
): (...given: Given) => Promise<Found> {
  return async (...given) => {
    const found = new AbortController();
    const late = clock.sleep(CREDENTIALS_WITHIN_MS, found.signal).then(
      () => {
        throw new Error(`no credentials within ${CREDENTIALS_WITHIN_MS / 1000} s`);
      },
      // They are there.
      () => new Promise<never>(() => {}),
    );
    return Promise.race([find(...given), late]).finally(() => found.abort());
  };
}

const profileOf = ({ profile }: { profile: string | undefined }): EC2ClientConfig =>
  profile === undefined ? {} : { profile };
