import { printable } from "../api/printable.ts";
import { createClient } from "../client/client.ts";
import type { Client, ClientOptions } from "../client/client.ts";
import { ServiceUnreachable } from "../client/service-unreachable.ts";
import { socketPath } from "../client/socket-path.ts";
import type { Context } from "./context.ts";
import { UserError } from "../api/user-error.ts";

/** A client of this home's service, running or not. */
export async function connect(context: Context, account?: ClientOptions["account"]): Promise<Client> {
  return createClient({
    socketPath: await socketPath(context.home, context.env),
    sleep,
    // Programs read what is; a person's terminal obeys what it reads.
    ...(!context.json && { reading: printable }),
    ...(account && { account }),
  });
}

/**
 * Does something with the service of this home. When none runs, one is started first: `always`, or only where there are
 * instances to keep.
 */
export async function withService<T>(
  context: Context,
  use: (client: Client) => Promise<T>,
  options: { start?: "always" | "kept"; account?: ClientOptions["account"] } = {},
): Promise<T> {
  const client = await connect(context, options.account);
  try {
    return await use(client);
  } catch (error) {
    if (!(error instanceof ServiceUnreachable) || error.reason !== "absent") throw error;
  }
  if (options.start !== "always" && !hasInstances(context))
    throw new UserError(`no service runs for ${context.home}, and nothing was ever made there`, {
      exitCode: 3,
      suggestion: "mayfly create makes an instance; MAYFLY_HOME or --home names another home",
    });
  const { startInBackground } = await import("./start-in-background.ts");
  await startInBackground(context, client);
  return use(client);
}

/** Whether there may be something that needs a service to end it. */
export function hasInstances({ home, env }: Pick<Context, "home" | "env">): boolean {
  const { existsSync, readFileSync } = process.getBuiltinModule("node:fs");
  if (existsSync(`${home}/mayfly.db`) || env["MAYFLY_DATABASE"]) return true;
  const config = `${home}/config.json`;
  return existsSync(config) && readFileSync(config, "utf8").includes('"database"');
}

const sleep = (ms: number, signal?: AbortSignal) =>
  import("node:timers/promises").then(({ setTimeout }) =>
    setTimeout(ms, undefined, signal ? { signal } : {}),
  );
