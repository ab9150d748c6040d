import { RequestProblem } from "../api/problem.ts";
import type { Account, Ports } from "./ports.ts";

/** The account of this name; the only one there is when none is named. */
export function accountFor({ accounts }: Pick<Ports, "accounts">, name: string | undefined): Account {
  if (name === undefined && accounts.size === 1) return [...accounts.values()][0]!;
  const names = [...accounts.keys()].join(", ");
  const account = name === undefined ? undefined : accounts.get(name);
  if (account) return account;
  const message = name === undefined ? "which account?" : `no account ${name}`;
  throw new RequestProblem("invalid", `${message}; there are: ${names}`, [
    { path: "account", message, suggestion: `one of ${names}` },
  ]);
}
