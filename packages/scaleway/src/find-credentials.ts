import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ScalewayCredentials } from "./credentials.ts";
import { loadAllProfilesFromConfigurationFile } from "@scaleway/configuration-loader";

export type FoundCredentials =
  | { ok: true; credentials: ScalewayCredentials; zone?: string; apiUrl?: string }
  | { ok: false; problems: CredentialProblem[] };

export interface CredentialProblem {
  /** The variable to set: `SCW_SECRET_KEY`. */
  name: string;
  /** What is wrong and what to do; never the value of a secret. */
  message: string;
}

type Key = "accessKey" | "secretKey" | "projectId" | "organizationId" | "zone" | "apiUrl";
type Values = Partial<Record<Key, string>>;

/**
 * Credentials from the environment, key by key, else from the configuration file of `scw` and its profile
 * (`SCW_PROFILE`, else `active_profile`). All that is missing or malformed is told at once.
 *
 * https://www.scaleway.com/en/docs/scaleway-cli/reference-content/scaleway-configuration-file/
 */
export function findCredentials(options: { env: Record<string, string | undefined> }): FoundCredentials {
  const { env } = options;
  const problems: CredentialProblem[] = [];
  const values = merge(fromFile(env, problems), fromEnv(env));
  const { accessKey = "", secretKey = "", projectId = "", organizationId, zone, apiUrl } = values;

  const check = (name: string, value: string, ok: boolean, missing: string, malformed: string) => {
    if (value === "") problems.push({ name, message: `${name} is not set: ${missing}` });
    else if (!ok) problems.push({ name, message: `${name} is malformed: ${malformed}` });
  };
  const console = "https://console.scaleway.com/iam/api-keys";
  const isKey = /^SCW[A-Z0-9]{17}$/.test(accessKey);
  check(
    "SCW_ACCESS_KEY",
    accessKey,
    isKey,
    `make a key at ${console}`,
    "expected SCW and 17 capital letters or digits",
  );
  check(
    "SCW_SECRET_KEY",
    secretKey,
    isUuid(secretKey),
    `shown once when a key is made at ${console}`,
    "expected a UUID",
  );
  const settings = "https://console.scaleway.com/project/settings";
  check("SCW_DEFAULT_PROJECT_ID", projectId, isUuid(projectId), `find it at ${settings}`, "expected a UUID");
  if (organizationId !== undefined)
    check("SCW_DEFAULT_ORGANIZATION_ID", organizationId, isUuid(organizationId), "", "expected a UUID");
  if (zone !== undefined && !/^[a-z]{2}-[a-z]{3}-[1-9]$/.test(zone))
    problems.push({
      name: "SCW_DEFAULT_ZONE",
      message: "SCW_DEFAULT_ZONE is malformed: expected a zone like fr-par-1",
    });
  if (apiUrl !== undefined && !isBareUrl(apiUrl))
    problems.push({
      name: "SCW_API_URL",
      message: "SCW_API_URL is malformed: expected an http or https URL without a user or password",
    });

  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, credentials: { accessKey, secretKey, projectId, organizationId, zone }, zone, apiUrl };
}

/** It is shown to people: what else could stand in a URL may be secret. */
function isBareUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, search, hash } = new URL(text);
  return /^https?:$/.test(protocol) && [username, password, search, hash].every((part) => part === "");
}

function fromEnv(env: Record<string, string | undefined>): Values {
  return {
    accessKey: env.SCW_ACCESS_KEY,
    secretKey: env.SCW_SECRET_KEY,
    projectId: env.SCW_DEFAULT_PROJECT_ID || env.SCW_PROJECT_ID,
    organizationId: env.SCW_DEFAULT_ORGANIZATION_ID || env.SCW_ORGANIZATION_ID,
    zone: env.SCW_DEFAULT_ZONE,
    apiUrl: env.SCW_API_URL,
  };
}

function fromFile(env: Record<string, string | undefined>, problems: CredentialProblem[]): Values {
  const home = env.HOME || env.USERPROFILE || "";
  const folder = env.XDG_CONFIG_HOME || join(home, ".config");
  const path = env.SCW_CONFIG_PATH || join(folder, "scw", "config.yaml");
  const source = read(path);
  if (source === undefined) {
    if (env.SCW_CONFIG_PATH)
      problems.push({
        name: "SCW_CONFIG_PATH",
        message: `SCW_CONFIG_PATH names ${path}, which can't be read`,
      });
    return {};
  }
  // The loader knows neither the variable nor this key.
  const active = /^active_profile:\s*["']?([^\s"'#]+)/m.exec(source)?.[1];
  const profiles = loadAllProfilesFromConfigurationFile({ filepath: path });
  const name = env.SCW_PROFILE || active;
  const profile = name === undefined || !Object.hasOwn(profiles, name) ? undefined : profiles[name];
  if (name !== undefined && name !== "default" && profile === undefined)
    problems.push({ name: "SCW_PROFILE", message: `the profile ${name} is not in ${path}` });
  const [common, chosen] = [profiles.default, profile].map((each) => ({
    accessKey: each?.accessKey,
    secretKey: each?.secretKey,
    projectId: each?.defaultProjectId,
    organizationId: each?.defaultOrganizationId,
    zone: each?.defaultZone,
    apiUrl: each?.apiURL,
  }));
  return merge(common ?? {}, chosen ?? {});
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

/** The second wins, key by key; what is empty counts as absent. */
function merge(under: Values, over: Values): Values {
  const merged: Values = {};
  for (const values of [under, over])
    for (const [key, value] of Object.entries(values)) {
      const bare = value?.trim().replace(/^(["'])(.*)\1$/, "$2");
      if (bare) merged[key as Key] = bare;
    }
  return merged;
}

const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
