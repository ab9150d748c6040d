import { UserError } from "../api/user-error.ts";
import type { Context } from "./context.ts";

/** Each with what else may hold it. */
const NEEDED: readonly (readonly [name: string, ...others: string[]])[] = [
  ["SCW_ACCESS_KEY"],
  ["SCW_SECRET_KEY"],
  ["SCW_PROJECT_ID", "SCW_DEFAULT_PROJECT_ID"],
  ["SCW_DEFAULT_ZONE"],
];

/** Throws all that SWIM wants to know of an account and nobody says: neither the environment nor a file that has accounts. */
export function expectSwimAccount({ env, home }: Pick<Context, "env" | "home">): void {
  const { existsSync } = process.getBuiltinModule("node:fs");
  const { join } = process.getBuiltinModule("node:path");
  const config = env["XDG_CONFIG_HOME"] || join(env["HOME"] || "", ".config");
  const files = [join(home, "config.json"), env["SCW_CONFIG_PATH"] || join(config, "scw", "config.yaml")];
  if (files.some((file) => existsSync(file))) return;
  const missing = NEEDED.filter((names) => names.every((name) => !env[name])).map(([name]) => name);
  if (missing.length === 0) return;
  const problems = missing.map((path) => ({ path, message: "is not set" }));
  if (!env["SCW_ORGANIZATION_ID"] && !env["SCW_DEFAULT_ORGANIZATION_ID"])
    problems.push({ path: "SCW_ORGANIZATION_ID", message: "is not set, and is not needed" });
  throw new UserError("there are no complete credentials for Scaleway", {
    exitCode: 2,
    problems,
    suggestion: "set what is missing in the environment, in .env or with `scw init`",
  });
}
