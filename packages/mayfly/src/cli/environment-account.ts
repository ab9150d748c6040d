import { accountFingerprint } from "../client/account-fingerprint.ts";

const SCALEWAY = "https://api.scaleway.com";

/**
 * The credentials that this shell means, when its environment names them whole: a running service that holds others is
 * not to make machines for somebody else's money. `*`: by whatever name the service knows them.
 */
export async function environmentAccount(
  env: NodeJS.ProcessEnv,
): Promise<{ name: string; fingerprint: string } | undefined> {
  const accessKey = env["SCW_ACCESS_KEY"];
  const projectId = env["SCW_DEFAULT_PROJECT_ID"] || env["SCW_PROJECT_ID"];
  if (!accessKey || !projectId) return undefined;
  const endpoint = env["SCW_API_URL"] || SCALEWAY;
  return { name: "*", fingerprint: await accountFingerprint({ accessKey, projectId, endpoint }) };
}
