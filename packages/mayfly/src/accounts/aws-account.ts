import { awsIdentity } from "../client/aws-identity.ts";
import type { AccountSettings } from "../config.ts";
import { systemRandom } from "../random.ts";
import type { Connect } from "./connect.ts";

/** Everything of AWS is loaded only where there is such an account. */
export const connectAwsAccount: Connect = async ({ settings, env, clock, fetch, heard }) => {
  const { findAwsCredentials } = await import("../providers/aws/credentials.ts");
  const { connectAws } = await import("../providers/aws/connect.ts");
  const { regionOf } = await import("../providers/aws/region-of.ts");
  const chosen = environmentOf(env, settings);
  const found = findAwsCredentials({ env: chosen });
  if (!found.ok) return { problems: found.problems.map(({ message }) => message) };
  const { credentials, endpoint } = found;
  const defaultZone = settings.zone ?? `${found.region}a`;
  const connected = connectAws({
    credentials,
    region: regionOf(defaultZone),
    endpoint,
    clock,
    random: systemRandom,
    callsPerSecond: settings.callsPerSecond,
    fetch,
    heard,
  });
  return { ...connected, defaultZone, identity: awsIdentity(chosen) };
};

/** A profile is one of `~/.aws/config`: keys of the environment don't count then. */
function environmentOf(env: NodeJS.ProcessEnv, { credentials }: AccountSettings): NodeJS.ProcessEnv {
  if (credentials === "env") return env;
  const { AWS_ACCESS_KEY_ID: _id, AWS_SECRET_ACCESS_KEY: _secret, AWS_SESSION_TOKEN: _token, ...rest } = env;
  return { ...rest, AWS_PROFILE: credentials };
}
