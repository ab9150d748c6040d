import type { EventWaiters } from "./event-waiters.ts";
import { createEventWaiters } from "./event-waiters.ts";

/** Those who wait for rows of an account to be watched, account by account. */
export function createWatchers(): (account: string) => EventWaiters {
  const byAccount = new Map<string, EventWaiters>();
  return (account) => {
    const waiters = byAccount.get(account) ?? createEventWaiters();
    byAccount.set(account, waiters);
    return waiters;
  };
}
