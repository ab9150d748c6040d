import { z } from "zod";
import { readBounded } from "./client/read-bounded.ts";

/** `MAYFLY_HOME/config.json`: which accounts there are. Without any, the environment is the one account, `default`. */
const configSchema = z.strictObject({
  /** Where the rows are that several services share; see `databaseFor`. */
  database: z.string().optional(),
  accounts: z
    .record(
      z.string().regex(/^[a-z0-9][a-z0-9-]*$/, "an account is named with small letters, digits and -"),
      z.strictObject({
        provider: z.enum(["scaleway", "aws"], "the provider is scaleway or aws"),
        /** @default the credentials' own, else fr-par-1; on aws the first of AWS_REGION, else us-east-1a */
        zone: z.string().optional(),
        /** On Scaleway only. */
        projectId: z.string().optional(),
        /** `env`, or the name of a profile in the configuration file of `scw` or `aws`. */
        credentials: z.string().default("env"),
        /** What all services together may call by it. @default 20 */
        callsPerSecond: z.number().int().min(1).max(1_000).optional(),
        /**
         * How long after an accepted change the cloud's lists may not show it yet, in milliseconds: shorter is quicker after a
         * crash, and too short makes a machine twice. @default what its provider assumes
         */
        visibilityGapMs: z.int().min(0).max(600_000).optional(),
      }),
    )
    .default({}),
});

export type Config = z.output<typeof configSchema>;
export type AccountSettings = Config["accounts"][string];

/** What is wrong with the file comes back as text, all of it at once. */
export function readConfig(
  path: string,
): { config: Config } | { problems: { path: string; message: string }[] } {
  let json: unknown;
  try {
    const bytes = readBounded(path, { mostBytes: LARGEST_BYTES });
    if (bytes === undefined || bytes.length > LARGEST_BYTES)
      return { problems: [{ path, message: `is not a file of at most ${LARGEST_BYTES} bytes` }] };
    json = JSON.parse(bytes.toString("utf8"));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT")
      return { config: { accounts: {} } };
    // The parser's own words repeat what stands there, and somebody may have written a key into it.
    const message = error instanceof SyntaxError ? `is not JSON${placeIn(error)}` : messageOf(error);
    return { problems: [{ path, message }] };
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

const LARGEST_BYTES = 2 ** 20;

const placeIn = ({ message }: SyntaxError): string => / \(line \d+ column \d+\)$/.exec(message)?.[0] ?? "";

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
