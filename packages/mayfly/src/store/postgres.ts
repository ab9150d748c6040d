import type pg from "pg";
import type { Clock } from "../clock.ts";
import type { Random } from "../random.ts";
import { StoreError } from "./error.ts";
import { migrations } from "./migrations/migrations.ts";
import { ownerId } from "./owner-id.ts";
import { asStoreError } from "./postgres/as-store-error.ts";
import { buckets } from "./postgres/buckets.ts";
import { dueRows } from "./postgres/due-rows.ts";
import { duties } from "./postgres/duties.ts";
import { events } from "./postgres/events.ts";
import { listen } from "./postgres/listen.ts";
import { migrate } from "./postgres/migrate.ts";
import { createNews } from "./postgres/news.ts";
import type { OnNextAction } from "./postgres/on-next-action.ts";
import { openPool } from "./postgres/open-pool.ts";
import { reading } from "./postgres/reading.ts";
import { createSession } from "./postgres/session.ts";
import { shared } from "./postgres/shared.ts";
import { suspects } from "./postgres/suspects.ts";
import { wakeRows } from "./postgres/wake-rows.ts";
import type { WakeRows } from "./postgres/wake-rows.ts";
import { writing } from "./postgres/writing.ts";
import { sql } from "./sql.ts";
import type { Store } from "./store.ts";

export interface PostgresStoreOptions {
  /** `postgres://user:password@host:port/database` */
  url: string;
  random: Random;
  clock: Clock;
  /** The tables lie in it; made when it is not there. @default "mayfly" */
  schema?: string;
  /** Replaces the id in the database, where no instance lives by that. @default the id made by the first migration */
  owner?: string;
  /** How many connections for the rows, beside five for what must not wait and for news. @default 8 */
  connections?: number;
  /** How long the server works on one statement, or waits for another's lock. @default 10000 */
  statementTimeoutMs?: number;
  /** Has the scheduler's jobs written with the rows. @default nobody's */
  onNextAction?: OnNextAction;
}

/**
 * What a process holds, looks for and may call is asked by these: it never waits behind its own work on rows, of which there
 * may be more than connections.
 */
const PROMPT_CONNECTIONS = 4;

export interface PostgresStore extends Store, WakeRows {}

/** The rows in a PostgreSQL database, for any number of processes at once. */
export async function openPostgresStore(options: PostgresStoreOptions): Promise<PostgresStore> {
  const { url, random, clock, schema = "mayfly", owner, onNextAction } = options;
  const pool = openPool({ ...options, schema });
  const promptPool = openPool({ ...options, schema, connections: PROMPT_CONNECTIONS });
  try {
    await migrate(pool, schema, migrations, () => owner ?? ownerId(random));
    const kept = await agreedOwner(pool, owner);
    const news = createNews(`mayfly ${schema}`, Buffer.from(random.bytes(9)).toString("base64url"));
    const session = createSession({ pool, news, onNextAction });
    const prompt = createSession({ pool: promptPool, news, onNextAction });
    const ending = new AbortController();
    const { promise: ready, resolve: onReady } = Promise.withResolvers<void>();
    const listening = listen({ url, schema, news, clock, signal: ending.signal, onReady });
    await ready;
    let closing: Promise<void> | undefined;
    const close = async () => {
      ending.abort();
      news.events.wake();
      await Promise.all([pool.end(), promptPool.end(), listening]);
    };
    return {
      owner: async () => kept,
      ...reading(session),
      watched: reading(prompt).watched,
      ...writing(session, prompt),
      ...dueRows(session),
      ...wakeRows(session),
      ...events(session, news),
      ...suspects(session),
      ...shared(session),
      ...duties(prompt, news),
      ...buckets(prompt),
      close: () => (closing ??= close()),
    };
  } catch (error) {
    await Promise.all([pool.end(), promptPool.end()]);
    throw asStoreError("open the store", error);
  }
}

/** Who asks for another owner than that of the rows must be the first, or have none that live. */
async function agreedOwner(pool: pg.Pool, owner: string | undefined): Promise<string> {
  const kept = String((await pool.query(sql.owner)).rows[0]?.value);
  if (owner === undefined || owner === kept) return kept;
  if ((await pool.query(sql.anyLive)).rows.length > 0)
    throw new StoreError(
      "schema",
      `this database holds instances of the installation ${kept}, and ${owner} is asked for: nobody would end their machines`,
    );
  await pool.query("UPDATE meta SET value = $1 WHERE key = 'owner'", [owner]);
  return owner;
}
