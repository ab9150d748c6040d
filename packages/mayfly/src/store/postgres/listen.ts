import { Client, escapeIdentifier } from "pg";
import type { Clock } from "../../clock.ts";
import type { News } from "./news.ts";
import { settings } from "./open-pool.ts";

export interface ListenOptions {
  url: string;
  schema: string;
  news: News;
  clock: Clock;
  signal: AbortSignal;
  /** The first attempt is over: from here on nothing is missed, or it is said that it may be. */
  onReady(): void;
}

/** How long news may stay unheard when a connection broke without a word; between two looks it only waits. */
const LOOK_EVERY_MS = 5_000;
const RETRY_MS = 1_000;
const TIMEOUT_MS = 5_000;

/** Hears what other processes tell on a connection of its own, and looks now and then whether it missed some. Ends with the signal. */
export async function listen(options: ListenOptions): Promise<void> {
  const { clock, signal } = options;
  while (!signal.aborted) {
    await once(options);
    await nap(clock, RETRY_MS, signal);
  }
}

/** Until the connection breaks. Why it broke is told to those who use the store. */
async function once({ url, schema, news, clock, signal, onReady }: ListenOptions): Promise<void> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: TIMEOUT_MS,
    query_timeout: TIMEOUT_MS,
    keepAlive: true,
    application_name: "mayfly events",
  });
  const broken = new AbortController();
  client.on("error", () => broken.abort());
  client.on("end", () => broken.abort());
  client.on("notification", ({ payload }) => news.receive(payload));
  const over = AbortSignal.any([signal, broken.signal]);
  try {
    await client.connect();
    await client.query(settings(schema, TIMEOUT_MS));
    await client.query(`LISTEN ${escapeIdentifier(news.channel)}`);
    let last: unknown;
    for (let first = true; !over.aborted; first = false) {
      const seq: unknown = (await client.query("SELECT max(seq) AS seq FROM events")).rows[0]?.seq;
      if (seq !== last || first) news.missed();
      if (first) onReady();
      last = seq;
      await nap(clock, LOOK_EVERY_MS, over);
    }
  } catch {
    // The next connection may be better.
  } finally {
    onReady();
    await client.end().catch(() => undefined);
  }
}

async function nap(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  try {
    await clock.sleep(ms, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
