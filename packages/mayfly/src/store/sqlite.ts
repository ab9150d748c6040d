import type { DatabaseSync } from "node:sqlite";
import type { Random } from "../random.ts";
import { migrations } from "./migrations/migrations.ts";
import { ownerId } from "./owner-id.ts";
import { StoreError } from "./error.ts";
import { asStoreError } from "./sqlite/as-store-error.ts";
import { dueRows } from "./sqlite/due-rows.ts";
import { events } from "./sqlite/events.ts";
import { migrate } from "./sqlite/migrate.ts";
import { openDatabase } from "./sqlite/open-database.ts";
import { reading } from "./sqlite/reading.ts";
import { createSession } from "./sqlite/session.ts";
import { suspects } from "./sqlite/suspects.ts";
import { createTransaction } from "./sqlite/transaction.ts";
import { writing } from "./sqlite/writing.ts";
import type { Store } from "./store.ts";

export interface SqliteStoreOptions {
  path: string;
  random: Random;
  /** Replaces the id in the file, where no instance lives by that. @default the id made by the first migration */
  owner?: string;
  /** How long a call waits, with the whole process, for another process's transaction. @default 5000 */
  busyTimeoutMs?: number;
}

/** The rows in one SQLite file. Each call does its work at once and holds up the process meanwhile. */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<Store> {
  const { path, busyTimeoutMs = 5_000 } = options;
  try {
    const database = openDatabase(path, busyTimeoutMs);
    try {
      return storeOver(database, busyTimeoutMs, options);
    } catch (error) {
      database.close();
      throw error;
    }
  } catch (error) {
    throw asStoreError(`open the store ${path}`, error);
  }
}

function storeOver(
  database: DatabaseSync,
  busyTimeoutMs: number,
  { path, random, owner }: SqliteStoreOptions,
): Store {
  const transaction = createTransaction(database);
  migrate(database, transaction, migrations, () => owner ?? ownerId(random));
  const session = createSession(database, transaction, busyTimeoutMs);
  const { statements } = session;
  const kept = String(statements.owner.get()?.["value"]);
  if (owner !== undefined && owner !== kept)
    transaction(() => {
      if (statements.anyLive.get() !== undefined)
        throw new StoreError(
          "schema",
          `${path} holds instances of the installation ${kept}, and ${owner} is asked for: nobody would end their machines`,
        );
      statements.setOwner.run({ owner });
    });

  return {
    owner: async () => owner ?? kept,
    ...reading(session),
    ...writing(session),
    ...dueRows(session),
    ...events(session),
    ...suspects(session),
    async close() {
      session.waiters.wake();
      if (database.isOpen) database.close();
    },
  };
}
