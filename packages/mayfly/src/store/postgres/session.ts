import type pg from "pg";
import type { EventDraft } from "../event-draft.ts";
import { sql } from "../sql.ts";
import { asStoreError, codeOf } from "./as-store-error.ts";
import type { Numbered } from "./numbered.ts";
import { numbered } from "./numbered.ts";
import type { OnNextAction, RowTime } from "./on-next-action.ts";
import { createPlans } from "./plans.ts";
import type { Plans } from "./plans.ts";
import { writeEvents } from "./write-events.ts";
import type { News, Told } from "./news.ts";

export type StatementName = keyof typeof sql;
export type Row = Record<string, unknown>;
type Values = Record<string, unknown>;
export type Run = (name: StatementName, values?: Values) => Promise<Row[]>;

/** What the methods of the store share: the connections, and how to read and write by them. */
export interface Session {
  /** Each statement by itself. `attempted` says what was tried, for the error. */
  read<T>(attempted: string, work: (run: Run) => Promise<T>): Promise<T>;
  /** One statement that is in no list. */
  ask(attempted: string, text: string, values: Values): Promise<Row[]>;
  /**
   * One transaction. `work` may be run again, from its beginning and with nothing of it done: when another transaction was
   * in its way, or the scheduler's job could not be written beside the row.
   */
  write<T>(attempted: string, work: (transaction: Transaction) => Promise<T>): Promise<T>;
}

export interface Transaction {
  run: Run;
  /** One statement that is in no list. Answers the rows that it returns. */
  execute(text: string, values?: Values): Promise<Row[]>;
  /** Whoever takes the same lock waits until this transaction has ended. */
  lock(name: string): Promise<void>;
  addEvent(event: EventDraft): void;
  /** Says that it wrote a row of this account that is watched. */
  watches(account: string): void;
  /** What the row's time has become. */
  setTime(time: RowTime): void;
}

export interface SessionOptions {
  pool: pg.Pool;
  news: News;
  onNextAction: OnNextAction | undefined;
}

// https://www.postgresql.org/docs/current/errcodes-appendix.html: two in each other's way, a key that another had first.
const TRY_AGAIN = new Set(["40001", "40P01", "23505"]);
const MOST_ATTEMPTS = 5;

const statements = Object.fromEntries(
  Object.entries({
    ...sql,
    now: "SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now",
  }).map(([name, text]) => [name, numbered(text)]),
) as Record<StatementName, Numbered>;

export function createSession(options: SessionOptions): Session {
  const { pool, news, onNextAction } = options;

  const plans = createPlans();
  const run = async (on: pg.Pool | pg.PoolClient, { text, names }: Numbered, values: Values) =>
    (
      await on.query<Row>({
        name: plans.nameOf(text),
        text,
        values: names.map((name) => values[name] ?? null),
      })
    ).rows;

  async function once<T>(
    attempted: string,
    work: (transaction: Transaction) => Promise<T>,
    hook: OnNextAction | undefined,
  ): Promise<T> {
    const named = <R>(promise: Promise<R>) =>
      promise.catch((error: unknown) => Promise.reject(asStoreError(attempted, error)));
    const client = await named(pool.connect());
    const events: EventDraft[] = [];
    const times: RowTime[] = [];
    const watched = new Set<string>();
    try {
      await named(client.query("BEGIN"));
      const result = await work({
        run: (name, values = {}) => named(run(client, statements[name], values)),
        execute: (text, values = {}) => named(run(client, numbered(text), values)),
        lock: async (name) =>
          void (await named(
            client.query("SELECT pg_advisory_xact_lock(hashtext('mayfly'), hashtext($1))", [name]),
          )),
        addEvent: (event) => events.push(event),
        watches: (account) => watched.add(account),
        setTime: (time) => times.push(time),
      });
      if (hook) for (const time of times) await jobOf(client, time, hook, plans);
      const told: Told[] = [...watched].map((account) => ({ what: "watched", account }));
      if (events.length > 0) told.push({ what: "events" });
      const last = [...writeEvents(events, news.channel), ...told.map(news.tell), "COMMIT"];
      await named(client.query(last.join(";\n")));
      client.release();
      told.forEach(news.hear);
      return result;
    } catch (error) {
      await undo(client, error);
      throw error;
    }
  }

  return {
    read: (attempted, work) =>
      work((name, values = {}) =>
        run(pool, statements[name], values).catch((error: unknown) =>
          Promise.reject(asStoreError(attempted, error)),
        ),
      ),

    ask: (attempted, text, values) =>
      run(pool, numbered(text), values).catch((error: unknown) =>
        Promise.reject(asStoreError(attempted, error)),
      ),

    async write(attempted, work) {
      let hook = onNextAction;
      for (let attempt = 1; ; attempt++)
        try {
          return await once(attempted, work, hook);
        } catch (error) {
          if (error instanceof JobNotWritten) {
            // A row without a job is late; a row that cannot be written would be lost.
            hook?.failed(error.cause);
            hook = undefined;
          } else if (attempt === MOST_ATTEMPTS || !TRY_AGAIN.has(codeOf(causeOf(error)) ?? "")) throw error;
        }
    },
  };
}

class JobNotWritten extends Error {}

async function jobOf(client: pg.PoolClient, time: RowTime, hook: OnNextAction, plans: Plans): Promise<void> {
  try {
    await hook.write((text, values) => client.query({ name: plans.nameOf(text), text, values }), time);
  } catch (cause) {
    throw new JobNotWritten("the scheduler's job could not be written", { cause });
  }
}

const causeOf = (error: unknown): unknown => (error instanceof Error ? error.cause : undefined);

/** A connection on which no answer came, or that cannot even roll back, is closed, which makes the server do it. */
async function undo(client: pg.PoolClient, error: unknown): Promise<void> {
  const cause = causeOf(error);
  if (cause !== undefined && !/^[0-9A-Z]{5}$/.test(codeOf(cause) ?? "")) return client.release(true);
  try {
    await client.query("ROLLBACK");
    client.release();
  } catch {
    client.release(true);
  }
}
