import type { AccountIdentity } from "./account-fingerprint.ts";

const EVERY_REGION = "https://ec2.amazonaws.com";

/** What is public of the AWS account that an environment means. A profile is known by its name: what it holds may change. */
export function awsIdentity(env: Record<string, string | undefined>): AccountIdentity {
  return {
    accessKey: env["AWS_ACCESS_KEY_ID"] || `profile ${env["AWS_PROFILE"] || "default"}`,
    projectId: "",
    endpoint: env["AWS_ENDPOINT_URL_EC2"] || env["AWS_ENDPOINT_URL"] || EVERY_REGION,
  };
}
