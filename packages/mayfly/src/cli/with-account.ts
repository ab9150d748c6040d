import type { Client } from "../client/client.ts";
import type { Arguments } from "./arguments.ts";
import { withService } from "./connect.ts";
import type { Context } from "./context.ts";
import { environmentAccount } from "./environment-account.ts";

/** Does something with the service, started if need be, on the account that is named, else that of this shell. */
export async function withAccount<T>(
  context: Context,
  given: Arguments,
  use: (client: Client) => Promise<T>,
): Promise<T> {
  const account = given.text("account") === undefined ? await environmentAccount(context.env) : undefined;
  return withService(context, use, { start: "always", ...(account && { account }) });
}
