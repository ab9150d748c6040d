import type { Account } from "./account.ts";

/** What calls are made with, all of it ending with the signal. */
export interface Clients extends Pick<Account, "clock" | "read" | "create" | "delete"> {
  signal?: AbortSignal;
}

export function underSignal(clients: Clients, signal: AbortSignal | undefined): Clients {
  const { clock, read, create, delete: remove } = clients;
  if (signal === undefined) return { clock, read, create, delete: remove };
  return {
    clock,
    read: read.abortedBy(signal),
    create: create.abortedBy(signal),
    delete: remove.abortedBy(signal),
    signal,
  };
}
