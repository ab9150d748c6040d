import { closeSync, fstatSync, openSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import type { Random } from "../random.ts";
import { migrations } from "./migrations/migrations.ts";
import { ownerId } from "./owner-id.ts";
import { StoreError } from "./error.ts";
import { asStoreError } from "./sqlite/as-store-error.ts";
import { buckets } from "./sqlite/buckets.ts";
import { dueRows } from "./sqlite/due-rows.ts";
import { duties } from "./sqlite/duties.ts";
import { events } from "./sqlite/events.ts";
import { migrate } from "./sqlite/migrate.ts";
import { openDatabase } from "./sqlite/open-database.ts";
import { putCopy, removeCopy } from "./sqlite/put-copy.ts";
import { reading } from "./sqlite/reading.ts";
import { createSession } from "./sqlite/session.ts";
import { shared } from "./sqlite/shared.ts";
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

export interface SqliteStore extends Store {
  /** Whether somebody deleted the file, so that what is written ends with this process. */
  isDeleted(): boolean;
  /** Writes all that there is into a new file in the old place, and goes on with that one. Replaces no file. */
  putBack(): Promise<void>;
}

/** The rows in one SQLite file. Each call does its work at once and holds up the process meanwhile. */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<SqliteStore> {
  const { path } = options;
  let file = open(options);
  const isDeleted = () => file.database.isOpen && fstatSync(file.descriptor).nlink === 0;
  const own: Pick<SqliteStore, "isDeleted" | "putBack" | "insert"> = {
    isDeleted,
    async putBack() {
      try {
        const before = file;
        putCopy(before.database, path);
        file = open(options);
        await before.store.close();
      } catch (error) {
        throw asStoreError(`put back the store ${path}`, error);
      }
    },
    // What exists is ended from a deleted file too. What is new is not accepted where it would not be kept.
    async insert(...row) {
      if (isDeleted())
        throw new StoreError("unavailable", `insert ${row[0].id}: ${path} was deleted, and is put back soon`);
      return file.store.insert(...row);
    },
  };
  return new Proxy(own as SqliteStore, {
    get: (_, name) => Reflect.get(Object.hasOwn(own, name) ? own : file.store, name),
  });
}

interface OpenFile {
  database: DatabaseSync;
  store: Store;
  /** Tells whether the file is still linked. It is closed after the database: else SQLite would lose its locks. */
  descriptor: number;
}

function open(options: SqliteStoreOptions): OpenFile {
  const { path, busyTimeoutMs = 5_000 } = options;
  try {
    removeCopy(path);
    const database = openDatabase(path, busyTimeoutMs);
    const descriptor = openSync(path, "r");
    try {
      return { database, descriptor, store: storeOver(database, descriptor, { ...options, busyTimeoutMs }) };
    } catch (error) {
      database.close();
      closeSync(descriptor);
      throw error;
    }
  } catch (error) {
    throw asStoreError(`open the store ${path}`, error);
  }
}

function storeOver(
  database: DatabaseSync,
  descriptor: number,
  { path, random, owner, busyTimeoutMs }: SqliteStoreOptions & { busyTimeoutMs: number },
): Store {
  const transaction = createTransaction(database, busyTimeoutMs);
  migrate(database, transaction, migrations, () => owner ?? ownerId(random));
  const session = createSession(database, transaction, busyTimeoutMs);
  const { statements } = session;
  if (statements.moved.get() !== undefined)
    throw new StoreError(
      "schema",
      `the instances of ${path} were moved into a PostgreSQL database, or are about to be: \`mayfly migrate\` again finishes it, and the service is told by --database or MAYFLY_DATABASE where they are`,
    );
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
    ...shared(session),
    ...duties(session),
    ...buckets(session),
    async close() {
      session.waiters.wake();
      if (!database.isOpen) return;
      database.close();
      closeSync(descriptor);
    },
  };
}
