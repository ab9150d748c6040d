import { readFileSync } from "node:fs";
import { z } from "zod";

/** `MAYFLY_HOME/config.json`: which accounts there are. Without any, the environment is the one account, `default`. */
const configSchema = z.strictObject({
  accounts: z
    .record(
      z.string().regex(/^[a-z0-9][a-z0-9-]*$/, "an account is named with small letters, digits and -"),
      z.strictObject({
        provider: z.literal("scaleway", "the provider is scaleway"),
        /** @default the credentials' own, else fr-par-1 */
        zone: z.string().optional(),
        projectId: z.string().optional(),
        /** `env`, or the name of a profile in the scw configuration file. */
        credentials: z.string().default("env"),
      }),
    )
    .default({}),
});

export type Config = z.output<typeof configSchema>;

/** What is wrong with the file comes back as text, all of it at once. */
export function readConfig(
  path: string,
): { config: Config } | { problems: { path: string; message: string }[] } {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT")
      return { config: { accounts: {} } };
    return { problems: [{ path, message: error instanceof Error ? error.message : String(error) }] };
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return {
      problems: [{ path, message: `is not JSON: ${error instanceof Error ? error.message : String(error)}` }],
    };
  }
  const parsed = configSchema.safeParse(json);
  if (parsed.success) return { config: parsed.data };
  return {
    problems: parsed.error.issues.map((issue) => ({
      path: `${path}: ${issue.path.join(".")}`,
      message: issue.message,
    })),
  };
}
