import { createScaleway, withTimeout } from "@mayfly/scaleway";
import { findCredentials } from "@mayfly/scaleway/credentials";
import { createProducts } from "@mayfly/scaleway/products";
import { systemClock } from "../clock.ts";
import type { CommonProps } from "../common-props.ts";
import type { Connect } from "../connect.ts";
import { patientFetch } from "../patient-fetch.ts";
import { createS3Storage } from "./s3-storage.ts";
import { systemRandom } from "../random.ts";
import { Refusal } from "../refusal.ts";
import { regionOf } from "../region-of.ts";
import { reveal } from "../secret.ts";
import { storageEndpoint } from "../storage-endpoint.ts";

/** The environment and the configuration file of `scw`, each prop on top of them. */
export const connectFromEnvironment: Connect = async (props) => {
  const env = environmentOf(process.env, props);
  const found = findCredentials({ env });
  if (!found.ok) throw new Refusal(found.problems.map(({ message }) => message).join("; "));
  const { credentials, apiUrl, zone = "fr-par-1" } = found;
  const clock = systemClock;
  const bounded = withTimeout(fetch, { clock, timeoutMs: 20_000, createTimeoutMs: 60_000 });
  const patient = patientFetch(bounded, clock);
  const options = {
    credentials,
    apiUrl,
    clock,
    random: systemRandom,
    timeoutMs: false as const,
    userAgentSuffix: "mayfly-alchemy",
    fetch: patient,
  };
  const region = env.SCW_DEFAULT_REGION ?? regionOf(zone);
  return {
    ...createScaleway(options),
    ...createProducts(options),
    clock,
    zone,
    region,
    storage: (region) =>
      createS3Storage({ credentials, region, endpoint: storageEndpoint(apiUrl), fetch: patient }),
  };
};

function environmentOf(env: NodeJS.ProcessEnv, props: CommonProps): Record<string, string | undefined> {
  const { accessKey, secretKey, projectId, profile, apiUrl } = props;
  const given = {
    SCW_ACCESS_KEY: accessKey,
    SCW_SECRET_KEY: secretKey === undefined ? undefined : reveal(secretKey),
    SCW_DEFAULT_PROJECT_ID: projectId,
    SCW_PROFILE: profile,
    SCW_API_URL: apiUrl,
  };
  return { ...env, ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) };
}
