/**
 * A key, or what the SDK's own chain is to find: the profile of that name, else whatever it comes upon (SSO, a role of this
 * machine).
 */
export type AwsCredentials =
  | { accessKeyId: string; secretAccessKey: string; sessionToken?: string }
  | { profile: string | undefined };

export type FoundAwsCredentials =
  | { ok: true; credentials: AwsCredentials; region: string; endpoint?: string }
  | { ok: false; problems: { name: string; message: string }[] };

const DEFAULT_REGION = "us-east-1";

/**
 * As the AWS command line takes them: https://docs.aws.amazon.com/sdkref/latest/guide/environment-variables.html. All that
 * is missing or malformed is told at once; what a profile holds is seen when it is used.
 */
export function findAwsCredentials({
  env,
}: {
  env: Record<string, string | undefined>;
}): FoundAwsCredentials {
  const { AWS_ACCESS_KEY_ID: accessKeyId = "", AWS_SECRET_ACCESS_KEY: secretAccessKey = "" } = env;
  const problems: { name: string; message: string }[] = [];
  const problem = (name: string, message: string) => problems.push({ name, message: `${name} ${message}` });
  if (accessKeyId !== "" && secretAccessKey === "")
    problem("AWS_SECRET_ACCESS_KEY", "is not set, and AWS_ACCESS_KEY_ID is: set both, or neither");
  if (accessKeyId === "" && secretAccessKey !== "")
    problem("AWS_ACCESS_KEY_ID", "is not set, and AWS_SECRET_ACCESS_KEY is: set both, or neither");
  const region = env.AWS_REGION || env.AWS_DEFAULT_REGION || DEFAULT_REGION;
  if (!/^[a-z]+(-[a-z]+)+-\d+$/.test(region))
    problem("AWS_REGION", "is malformed: expected a region like us-east-1");
  const endpoint = env.AWS_ENDPOINT_URL_EC2 || env.AWS_ENDPOINT_URL || undefined;
  if (endpoint !== undefined && !isBareUrl(endpoint))
    problem("AWS_ENDPOINT_URL", "is malformed: expected an http or https URL without a user or password");
  if (problems.length > 0) return { ok: false, problems };
  const sessionToken = env.AWS_SESSION_TOKEN || undefined;
  const credentials: AwsCredentials =
    accessKeyId === ""
      ? { profile: env.AWS_PROFILE || undefined }
      : { accessKeyId, secretAccessKey, sessionToken };
  return { ok: true, credentials, region, endpoint };
}

/** It is shown to people: what else could stand in a URL may be secret. */
function isBareUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, search, hash } = new URL(text);
  return /^https?:$/.test(protocol) && [username, password, search, hash].every((part) => part === "");
}
