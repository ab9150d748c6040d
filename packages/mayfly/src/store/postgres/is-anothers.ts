import type { DutyHeld } from "../store.ts";
import type { Transaction } from "./session.ts";

/** Whether another token has taken the duty. Whoever takes it waits until this transaction is over. */
export async function isAnothers(
  { execute }: Pick<Transaction, "execute">,
  { name, token }: DutyHeld,
): Promise<boolean> {
  const [held] = await execute("SELECT token FROM duties WHERE name = :name FOR SHARE", { name });
  return held !== undefined && held["token"] !== token;
}
