import type { EC2, EC2ClientConfig } from "@aws-sdk/client-ec2";
import type { CallClass } from "../limiter.ts";
import type { Clients } from "./clients.ts";
import type { AwsCredentials } from "./credentials.ts";
import { fetchHandler } from "./fetch-handler.ts";

export interface Ec2ClientsOptions {
  credentials: AwsCredentials;
  /** @default the region's own */
  endpoint?: string;
  fetch: Record<CallClass, (request: Request) => Promise<Response>>;
}

/**
 * The official SDK, loaded when the first call is made: it is large. It repeats nothing by itself. Credentials that are
 * not given are looked for by its own chain (profiles, SSO, roles), whose calls don't go through our fetch.
 */
export function createEc2Clients(options: Ec2ClientsOptions): Clients["ec2"] {
  const { credentials, endpoint, fetch } = options;
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
    return new EC2(
      "profile" in credentials ? { ...config, ...profileOf(credentials) } : { ...config, credentials },
    );
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

const profileOf = ({ profile }: { profile: string | undefined }): EC2ClientConfig =>
  profile === undefined ? {} : { profile };
