import { join } from "node:path";
import { readDatabaseUrl } from "./api/database-url.ts";
import { UserError } from "./api/user-error.ts";
import { readConfig } from "./config.ts";

/** The database that a service shares with others: as given, else `MAYFLY_DATABASE`, else the configuration's. Undefined: the home's own file. */
export function databaseFor(options: {
  home: string;
  env: NodeJS.ProcessEnv;
  given?: string;
}): string | undefined {
  const { home, env, given } = options;
  const path = join(home, "config.json");
  const read = readConfig(path);
  const configured = "config" in read ? read.config.database : undefined;
  const named = [
    { text: given, path: "--database" },
    { text: env["MAYFLY_DATABASE"] || undefined, path: "MAYFLY_DATABASE" },
    { text: configured, path: `${path}: database` },
  ].find(({ text }) => text !== undefined);
  if (named?.text === undefined) return undefined;
  const url = readDatabaseUrl(named.text, named.path);
  if ("url" in url) return url.url;
  throw new UserError("usage", { exitCode: 2, problems: [url] });
}
