import { RequestProblem } from "../api/problem.ts";
import type { Account, Ports } from "./ports.ts";

/** The account of this name; the only one there is, or the only one at that kind of cloud, when none is named. */
export function accountFor(
  { accounts }: Pick<Ports, "accounts">,
  name: string | undefined,
  provider?: string,
): Account {
  const isMeant = (account: Account) =>
    (name === undefined || account.name === name) &&
    (provider ?? account.provider.name) === account.provider.name;
  const [account, ...others] = [...accounts.values()].filter(isMeant);
  if (account && others.length === 0) return account;
  const known = [...accounts.values()].map((one) => `${one.name} (${one.provider.name})`).join(", ");
  const message = account
    ? "which account?"
    : `no account ${[name, provider && `at ${provider}`].filter(Boolean).join(" ")}`;
  throw new RequestProblem("invalid", `${message}; there are: ${known}`, [
    {
      path: name === undefined && provider !== undefined ? "provider" : "account",
      message,
      suggestion: `one of ${known}`,
    },
  ]);
}
