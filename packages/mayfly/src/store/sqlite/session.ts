import type { DatabaseSync } from "node:sqlite";
import type { EventDraft } from "../event-draft.ts";
import type { EventWaiters } from "../event-waiters.ts";
import { createEventWaiters } from "../event-waiters.ts";
import { asStoreError } from "./as-store-error.ts";
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
  /** `attempted` says what was tried, for the error. */
  read<T>(attempted: string, work: () => T): Promise<T>;
  /** One transaction. Those who wait for events are woken when it wrote some. */
  /** Writes what the log still holds into the file, where erased content is overwritten, and empties the log. */
  erase(): void;
  write<T>(attempted: string, work: (addEvent: (event: EventDraft) => void) => T): Promise<T>;
}

export function createSession(database: DatabaseSync, transaction: Transaction): Session {
  const statements = prepareStatements(database);
  const waiters = createEventWaiters();

  const read = async <T>(attempted: string, work: () => T) => {
    try {
      return work();
    } catch (error) {
      throw asStoreError(attempted, error);
    }
  };

  const checkpoint = database.prepare("PRAGMA wal_checkpoint(TRUNCATE)");

  return {
    statements,
    erase: () => void checkpoint.get(),
    rows: createRows(database, statements),
    waiters,
    read,
    write: (attempted, work) =>
      read(attempted, () => {
        let events = 0;
        const result = transaction(() =>
          work((event) => {
            statements.addEvent.run({ ...event, reason: event.reason ?? null });
            events++;
          }),
        );
        if (events > 0) waiters.wake();
        return result;
      }),
  };
}
