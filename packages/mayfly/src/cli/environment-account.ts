import { accountFingerprint } from "../client/account-fingerprint.ts";
import type { AccountIdentity } from "../client/account-fingerprint.ts";
import { awsIdentity } from "../client/aws-identity.ts";

const SCALEWAY = "https://api.scaleway.com";

/**
 * The credentials that this shell means, when its environment names them whole: a running service that holds others is
 * not to make machines for somebody else's money. `*`: by whatever name the service knows them.
 *
 * @param provider the cloud that is meant; without one those of Scaleway go first
 */
export async function environmentAccount(
  env: NodeJS.ProcessEnv,
  provider?: string,
): Promise<{ name: string; fingerprint: string } | undefined> {
  const identity = (provider !== "aws" && scalewayIdentity(env)) || (provider !== "scaleway" && awsKey(env));
  return identity ? { name: "*", fingerprint: await accountFingerprint(identity) } : undefined;
}

function scalewayIdentity(env: NodeJS.ProcessEnv): AccountIdentity | undefined {
  const accessKey = env["SCW_ACCESS_KEY"];
  const projectId = env["SCW_DEFAULT_PROJECT_ID"] || env["SCW_PROJECT_ID"];
  if (!accessKey || !projectId) return undefined;
  return { accessKey, projectId, endpoint: env["SCW_API_URL"] || SCALEWAY };
}

const awsKey = (env: NodeJS.ProcessEnv): AccountIdentity | undefined =>
  env["AWS_ACCESS_KEY_ID"] ? awsIdentity(env) : undefined;
