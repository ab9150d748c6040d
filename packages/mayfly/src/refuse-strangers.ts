import type { ConnectedAccount } from "./accounts/connect-accounts.ts";
import { UserError } from "./api/user-error.ts";
import type { Store } from "./store/store.ts";

/** Rows of an account that is not configured would have nobody to end them. */
export async function refuseStrangers(
  store: Pick<Store, "list">,
  accounts: ConnectedAccount[],
): Promise<void> {
  const known = new Set(accounts.map(({ name }) => name));
  const problems: { path: string; message: string }[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.list({ limit: 500, cursor });
    for (const { id, name, account } of page.instances)
      if (!known.has(account)) problems.push({ path: id, message: `${name} lives on account ${account}` });
    cursor = page.cursor;
  } while (cursor !== undefined);
  if (problems.length === 0) return;
  throw new UserError(`${problems.length} instances live on accounts that are not configured`, {
    exitCode: 4,
    problems: problems.slice(0, 20),
    suggestion: `configure ${[...new Set(problems.map(({ message }) => message.split(" ").at(-1)))].join(", ")} again in config.json, so that they can be ended`,
  });
}
