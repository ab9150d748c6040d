import type { DatabaseSync } from "node:sqlite";
import { escapeIdentifier } from "pg";
import type { Pool, PoolClient } from "pg";
import type { Clock } from "../clock.ts";
import type { Random } from "../random.ts";
import { StoreError } from "./error.ts";
import { migrations } from "./migrations/migrations.ts";
import { ownerId } from "./owner-id.ts";
import { openPostgresStore } from "./postgres.ts";
import { asStoreError } from "./postgres/as-store-error.ts";
import { openPool } from "./postgres/open-pool.ts";
import { sql } from "./sql.ts";
import { createEmptyLog } from "./sqlite/empty-log.ts";
import { migrate } from "./sqlite/migrate.ts";
import { openDatabase } from "./sqlite/open-database.ts";
import { createTransaction } from "./sqlite/transaction.ts";

export interface MoveOptions {
  /** The SQLite file. The caller keeps everybody else from it. */
  path: string;
  /** `postgres://user:password@host:port/database` */
  url: string;
  clock: Clock;
  random: Random;
  /** @default "mayfly" */
  schema?: string;
}

export interface Moved {
  owner: string;
  /** What the database holds now. */
  instances: number;
  events: number;
  /** Whether an earlier move had done it already. */
  before: boolean;
}

const AT_ONCE = 500;
const BUSY_TIMEOUT_MS = 5_000;
/** What the processes of the old service held for themselves. */
const IS_EMPTIED = "SELECT 1 FROM meta WHERE key = 'emptied'";
const NOT_MOVED: ReadonlySet<string> = new Set(["meta", "duties", "sightings", "buckets"]);

/**
 * Moves an installation from its SQLite file into a PostgreSQL database that holds none. All rows arrive in one
 * transaction; from its beginning on the file serves nobody any more: two services with the same rows would each make and
 * end the same machines. To be repeated after a crash: what was begun is finished, what was done is left as it is. When it
 * rejects and the database surely has nothing, the file serves as before.
 */
export async function moveRows(options: MoveOptions): Promise<Moved> {
  const { path, url, schema = "mayfly", random } = options;
  const database = openDatabase(path, BUSY_TIMEOUT_MS);
  try {
    migrate(database, createTransaction(database, BUSY_TIMEOUT_MS), migrations, () => ownerId(random));
    const owner = String(database.prepare(sql.owner).get()?.["value"]);
    // The tables, by this installation's own id. A database of another one that lives is refused here.
    await (await openPostgresStore({ ...options, owner })).close();
    const pool = openPool({ url, schema, connections: 1 });
    try {
      const before = await move(pool, database, Buffer.from(random.bytes(12)).toString("hex"));
      empty(database);
      return { owner, ...(await counted(pool)), before };
    } finally {
      await pool.end();
    }
  } catch (error) {
    throw asStoreError(`move ${path}`, error);
  } finally {
    database.close();
  }
}

/** False when it was done now, true when that was so already. */
async function move(pool: Pool, database: DatabaseSync, newName: string): Promise<boolean> {
  const client = await pool.connect();
  let commits = false;
  const begun = database.prepare(sql.moved).get() !== undefined;
  try {
    await client.query("BEGIN");
    await client.query("LOCK TABLE meta, instances");
    const there = (await client.query(sql.moved)).rows[0]?.value;
    if (!begun) {
      await expectEmpty(client);
      database.prepare("INSERT INTO meta (key, value) VALUES ('moved', ?)").run(newName);
    }
    const name = String(database.prepare(sql.moved).get()?.["value"]);
    const before = there === name;
    if (!before) {
      if (database.prepare(IS_EMPTIED).get() !== undefined)
        throw new StoreError("schema", "its instances were moved into another database before");
      await expectEmpty(client);
      for (const table of tablesOf(database)) await copyTable(client, database, table);
      await client.query("SELECT setval(pg_get_serial_sequence('events', 'seq'), max(seq)) FROM events");
      await client.query("INSERT INTO meta (key, value) VALUES ('moved', $1)", [name]);
    }
    commits = true;
    await client.query("COMMIT");
    client.release();
    return before;
  } catch (error) {
    // The server rolls back what a closed connection began.
    client.release(true);
    if (!begun && !commits) database.prepare("DELETE FROM meta WHERE key = 'moved'").run();
    throw error;
  }
}

/** User data lies in one place, and is erased there. */
function empty(database: DatabaseSync): void {
  createTransaction(
    database,
    BUSY_TIMEOUT_MS,
  )(() => {
    database.prepare("INSERT OR IGNORE INTO meta (key, value) VALUES ('emptied', '1')").run();
    for (const table of tablesOf(database).toReversed())
      database.exec(`DELETE FROM ${escapeIdentifier(table)}`);
  });
  createEmptyLog(database, BUSY_TIMEOUT_MS)();
}

async function expectEmpty(client: PoolClient): Promise<void> {
  const { rows } = await client.query("SELECT count(*) AS count FROM instances");
  if (rows[0]?.count === 0) return;
  throw new StoreError(
    "schema",
    `the database holds ${rows[0]?.count} instances already: name one that Mayfly has not used yet`,
  );
}

/** Those that others refer to first, which is the order in which they were made. */
const tablesOf = (database: DatabaseSync): string[] =>
  database
    .prepare(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid",
    )
    .all()
    .map(({ name }) => String(name))
    .filter((name) => !NOT_MOVED.has(name));

async function copyTable(client: PoolClient, database: DatabaseSync, name: string): Promise<void> {
  const table = escapeIdentifier(name);
  const insert = `INSERT INTO ${table} OVERRIDING SYSTEM VALUE
    SELECT * FROM json_populate_recordset(NULL::${table}, $1::json)`;
  let rows: unknown[] = [];
  const write = async () => {
    await client.query(insert, [JSON.stringify(rows)]);
    rows = [];
  };
  for (const row of database.prepare(`SELECT * FROM ${table}`).iterate())
    if (rows.push(row) === AT_ONCE) await write();
  if (rows.length > 0) await write();
}

async function counted(pool: Pool): Promise<{ instances: number; events: number }> {
  const count = async (table: string) => {
    const { rows } = await pool.query(`SELECT count(*) AS count FROM ${table}`);
    return Number(rows[0]?.count);
  };
  return { instances: await count("instances"), events: await count("events") };
}
