import { escapeIdentifier } from "pg";
import type { Pool, PoolClient } from "pg";
import { StoreError } from "../error.ts";
import type { Migration } from "../migrations/migration.ts";
import { stepForPostgres } from "./step-for-postgres.ts";

/**
 * Brings the schema up to the newest that this program knows, in one transaction. Of several processes that start at once
 * one does it while the others wait. `owner` is called for a new schema only.
 */
export async function migrate(
  pool: Pool,
  schema: string,
  migrations: readonly Migration[],
  owner: () => string,
): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query("SELECT pg_advisory_xact_lock(hashtext('mayfly schema'), hashtext($1))", [schema]);
    const before = await versionOf(client);
    const known = migrations.length;
    if (before > known)
      throw new StoreError(
        "schema",
        `open the store: its schema is version ${before}, this mayfly knows versions up to ${known}: ` +
          "install the newer mayfly that wrote it, or name another database",
      );
    if (before === 0) await client.query(`CREATE SCHEMA IF NOT EXISTS ${escapeIdentifier(schema)}`);
    for (const { version, sql } of migrations.slice(before)) {
      await client.query(stepForPostgres(sql));
      if (version === 1)
        await client.query("INSERT INTO meta (key, value) VALUES ('owner', $1), ('version', '0')", [owner()]);
    }
    if (before < known)
      await client.query("UPDATE meta SET value = $1 WHERE key = 'version'", [String(known)]);
    await client.query("COMMIT");
    client.release();
  } catch (error) {
    // The server rolls back what a closed connection began.
    client.release(true);
    throw error;
  }
}

async function versionOf(client: PoolClient): Promise<number> {
  const found = await client.query("SELECT to_regclass('meta') IS NOT NULL AS there");
  if (found.rows[0].there !== true) return 0;
  const { rows } = await client.query("SELECT value FROM meta WHERE key = 'version'");
  return Number(rows[0]?.value ?? 0);
}
