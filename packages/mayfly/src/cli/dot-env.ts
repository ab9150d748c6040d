import type { Stats } from "node:fs";
import { UserError } from "../api/user-error.ts";
import { readBounded } from "../client/read-bounded.ts";

/**
 * What a `.env` may say: which account, and the password of SWIM's Redis. A folder that somebody else filled, a clone for example, is not to run programs
 * in our processes (`NODE_OPTIONS`), move the home, or name a file of other settings.
 */
const NAMES: ReadonlySet<string> = new Set([
  "SCW_ACCESS_KEY",
  "SCW_SECRET_KEY",
  "SCW_DEFAULT_PROJECT_ID",
  "SCW_PROJECT_ID",
  "SCW_DEFAULT_ORGANIZATION_ID",
  "SCW_ORGANIZATION_ID",
  "SCW_DEFAULT_REGION",
  "SCW_DEFAULT_ZONE",
  "SCW_PROFILE",
  "SCW_API_URL",
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "AWS_PROFILE",
  "AWS_REGION",
  "AWS_DEFAULT_REGION",
  "AWS_ENDPOINT_URL",
  "AWS_ENDPOINT_URL_EC2",
  "REDIS_PASSWORD",
]);
/** Where calls go, and the key that has to come from the same file. */
const ENDPOINTS: readonly (readonly [endpoint: string, key: string])[] = [
  ["SCW_API_URL", "SCW_SECRET_KEY"],
  ["AWS_ENDPOINT_URL", "AWS_SECRET_ACCESS_KEY"],
  ["AWS_ENDPOINT_URL_EC2", "AWS_SECRET_ACCESS_KEY"],
];
const LARGEST_BYTES = 65_536;

/** Takes the account from the folder's `.env` into the environment, which wins; answers what to tell the user about it. */
export function takeDotEnv(folder: string, env: NodeJS.ProcessEnv): string[] {
  const path = `${folder}/.env`;
  const text = read(path);
  if (typeof text !== "string") return text.notes;
  const given = process.getBuiltinModule("node:util").parseEnv(text);
  const taken = Object.entries(given).filter(([name]) => NAMES.has(name) && env[name] === undefined);
  const names = new Set(taken.map(([name]) => name));
  for (const [endpoint, key] of ENDPOINTS)
    if (names.has(endpoint) && !names.has(key))
      throw new UserError(`${path} names an ${endpoint} and no key for it: your own would be sent there`, {
        exitCode: 2,
        suggestion: `set ${endpoint} in the environment if you mean it, or the keys in the same file`,
      });
  for (const [name, value] of taken) env[name] = value;
  const left = Object.keys(given).filter((name) => /^(MAYFLY|SCW|AWS|NODE)_/.test(name) && !NAMES.has(name));
  return left.length === 0
    ? []
    : [`${path}: ${left.join(", ")}: not taken from a file; set it in the environment`];
}

function read(path: string): string | { notes: string[] } {
  try {
    const bytes = readBounded(path, { mostBytes: LARGEST_BYTES, trusts: ours });
    if (bytes === undefined)
      return { notes: [`${path} is not read: it is no file, or others can write to it`] };
    if (bytes.length > LARGEST_BYTES)
      return { notes: [`${path} is not read: it has more than ${LARGEST_BYTES} bytes`] };
    return bytes.toString("utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return { notes: code === "ENOENT" ? [] : [`read ${path}: ${message}`] };
  }
}

/** Root could read our keys anyway. */
const ours = ({ uid, mode }: Stats): boolean =>
  (uid === 0 || uid === (process.getuid?.() ?? uid)) && (mode & 0o002) === 0;
