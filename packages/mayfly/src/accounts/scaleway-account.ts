import type { AccountSettings } from "../config.ts";
import { connectScaleway } from "../providers/scaleway/connect.ts";
import { findCredentials } from "@mayfly/scaleway/credentials";
import { systemRandom } from "../random.ts";
import type { Connect } from "./connect.ts";

export const connectScalewayAccount: Connect = async ({ settings, env, clock, fetch, heard }) => {
  const found = findCredentials({ env: environmentOf(env, settings) });
  if (!found.ok) return { problems: found.problems.map(({ message }) => message) };
  const { credentials, apiUrl } = found;
  const defaultZone = settings.zone ?? found.zone ?? "fr-par-1";
  const connected = connectScaleway({
    credentials,
    apiUrl,
    defaultZone,
    clock,
    random: systemRandom,
    callsPerSecond: settings.callsPerSecond,
    fetch,
    heard,
  });
  const { accessKey, projectId } = credentials;
  const endpoint = apiUrl ?? "https://api.scaleway.com";
  return { ...connected, defaultZone, identity: { accessKey, projectId, endpoint } };
};

function environmentOf(env: NodeJS.ProcessEnv, settings: AccountSettings): NodeJS.ProcessEnv {
  const { projectId, credentials } = settings;
  const chosen =
    credentials === "env"
      ? env
      : {
          HOME: env.HOME,
          XDG_CONFIG_HOME: env.XDG_CONFIG_HOME,
          SCW_CONFIG_PATH: env.SCW_CONFIG_PATH,
          SCW_PROFILE: credentials,
        };
  return projectId === undefined ? chosen : { ...chosen, SCW_DEFAULT_PROJECT_ID: projectId };
}
