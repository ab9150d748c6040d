import { copyFileSync, mkdtempSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { systemClock } from "../clock.ts";
import type { Instance } from "../lifecycle/instance.ts";
import { systemRandom } from "../random.ts";
import { openPostgresStore } from "../store/postgres.ts";
import { openSqliteStore } from "../store/sqlite.ts";
import type { Store } from "../store/store.ts";
import type { PostgresServer } from "./postgres-server.ts";

/** What the database of a dead service says, which the next one meets as it was left. */
export async function rowsLeftBehind(home: string, postgres?: PostgresServer): Promise<Instance[]> {
  const store = await (postgres ? opened(postgres) : copied(home));
  if (!store) return [];
  const { instances } = await store.list({ limit: 500 });
  await store.close();
  return instances;
}

/** Undefined where the service came to no tables: whoever opens a store makes them. */
async function opened({ url, query }: PostgresServer): Promise<Store | undefined> {
  const [found] = await query("SELECT to_regclass('mayfly.instances') IS NOT NULL AS is_there");
  if (found?.["is_there"] !== true) return undefined;
  return openPostgresStore({ url, random: systemRandom, clock: systemClock, connections: 1 });
}

async function copied(home: string): Promise<Store> {
  const copy = mkdtempSync(join(home, "copy-"));
  for (const file of readdirSync(home))
    if (/^mayfly[.]db(-wal)?$/.test(file)) copyFileSync(join(home, file), join(copy, file));
  return openSqliteStore({ path: join(copy, "mayfly.db"), random: systemRandom });
}
