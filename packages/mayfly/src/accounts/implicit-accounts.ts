import { existsSync } from "node:fs";
import { join } from "node:path";
import type { AccountSettings } from "../config.ts";
import { findCredentials } from "@mayfly/scaleway/credentials";

/**
 * The accounts of an environment without configuration: `default` is Scaleway, `aws` is there where the environment names
 * credentials for it, or where nothing else is and the AWS command line was set up.
 */
export function implicitAccounts(env: NodeJS.ProcessEnv): Record<string, AccountSettings> {
  const scaleway = { default: { provider: "scaleway", credentials: "env" } } as const;
  const aws = { aws: { provider: "aws", credentials: "env" } } as const;
  const hasScaleway = findCredentials({ env }).ok;
  if (NAMED.some((name) => Boolean(env[name]))) return hasScaleway ? { ...scaleway, ...aws } : aws;
  return hasScaleway || !existsSync(awsFile(env)) || meansScaleway(env) ? scaleway : aws;
}

/** https://docs.aws.amazon.com/sdkref/latest/guide/environment-variables.html */
const NAMED = ["AWS_ACCESS_KEY_ID", "AWS_PROFILE", "AWS_WEB_IDENTITY_TOKEN_FILE"];

/** Whoever began to set it up is told what is missing. */
const meansScaleway = (env: NodeJS.ProcessEnv): boolean =>
  Boolean(env.SCW_ACCESS_KEY || env.SCW_SECRET_KEY || env.SCW_PROFILE || env.SCW_CONFIG_PATH);

const awsFile = (env: NodeJS.ProcessEnv): string =>
  env.AWS_SHARED_CREDENTIALS_FILE || join(env.HOME || env.USERPROFILE || "", ".aws", "credentials");
