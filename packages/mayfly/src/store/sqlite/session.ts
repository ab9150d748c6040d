import type { DatabaseSync } from "node:sqlite";
import type { EventDraft } from "../event-draft.ts";
import type { EventWaiters } from "../event-waiters.ts";
import { createEventWaiters } from "../event-waiters.ts";
import { createWatchers } from "../watchers.ts";
import { asStoreError } from "./as-store-error.ts";
import { createEmptyLog } from "./empty-log.ts";
import type { Rows } from "./rows.ts";
import { createRows } from "./rows.ts";
import type { Statements } from "./statements.ts";
import { prepareStatements } from "./statements.ts";
import type { Transaction } from "./transaction.ts";

/** What the methods of the store share: the open file, and how to read and write it. */
export interface Session {
  statements: Statements;
  rows: Rows;
  waiters: EventWaiters;
  /** Those who wait for rows of this account to be watched. */
  watchers(account: string): EventWaiters;
  /** `attempted` says what was tried, for the error. */
  read<T>(attempted: string, work: () => T): Promise<T>;
  /** One transaction. Those who wait for events are woken when it wrote some. */
  write<T>(attempted: string, work: (transaction: Writing) => T): Promise<T>;
}

export interface Writing {
  addEvent(event: EventDraft): void;
  /** Says that this transaction erases a secret: after its commit the log, which still has it, is emptied at once. */
  erasesSecret(): void;
  /** Says that it wrote a row of this account that is watched. */
  watches(account: string): void;
}

export function createSession(
  database: DatabaseSync,
  transaction: Transaction,
  busyTimeoutMs: number,
): Session {
  const statements = prepareStatements(database);
  const waiters = createEventWaiters();
  const watchers = createWatchers();

  const read = async <T>(attempted: string, work: () => T) => {
    try {
      return work();
    } catch (error) {
      throw asStoreError(attempted, error);
    }
  };

  const emptyLog = createEmptyLog(database, busyTimeoutMs);

  const tryToEmptyLog = () => {
    try {
      emptyLog();
    } catch {
      // The transaction stands. As while another process reads, the log is left to a later checkpoint.
    }
  };

  return {
    statements,
    rows: createRows(database, statements),
    waiters,
    watchers,
    read,
    write: (attempted, work) =>
      read(attempted, () => {
        let events = 0;
        let erases = false;
        let watched: string | undefined;
        const result = transaction(() =>
          work({
            addEvent(event) {
              statements.addEvent.run({ ...event, reason: event.reason ?? null });
              events++;
            },
            erasesSecret() {
              erases = true;
            },
            watches(account) {
              watched = account;
            },
          }),
        );
        if (events > 0) waiters.wake();
        if (watched !== undefined) watchers(watched).wake();
        if (erases) tryToEmptyLog();
        return result;
      }),
  };
}
