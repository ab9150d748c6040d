import { Pool } from "pg";

/** Does to a private database what no process may. */
export interface PostgresAdministrator {
  /** Leaves its tables and takes out all that was written there; numbers begin anew. Nothing where there is no such schema. */
  empty(schema: string): Promise<void>;
  /** Ends the connections that go by this name, as the server sees it when their process dies. Resolves when they are gone. */
  cut(name: string): Promise<void>;
  /** As long as so many statements take that follow each other. */
  roundTrips(count: number): Promise<void>;
}

const TABLES =
  "instances, events, idempotency_keys, found_keys, deliveries, shared_uses, shared, zones_used, suspects, duties, sightings";
const MOST_LOOKS = 20_000;

export function postgresAdministrator(url: string): PostgresAdministrator {
  const pool = new Pool({ connectionString: url, max: 2, allowExitOnIdle: true });
  pool.on("error", () => undefined);
  return {
    async empty(schema) {
      const { rows } = await pool.query("SELECT to_regclass($1) IS NOT NULL AS there", [
        `${schema}.instances`,
      ]);
      if (rows[0]?.there !== true) return;
      const all = TABLES.split(", ").map((table) => `${schema}.${table}`);
      await pool.query(`TRUNCATE ${all.join(", ")} RESTART IDENTITY`);
    },
    async roundTrips(count) {
      for (let left = count; left > 0; left--) await pool.query("SELECT 1");
    },
    async cut(name) {
      const named = "FROM pg_stat_activity WHERE application_name = $1";
      await pool.query(`SELECT pg_terminate_backend(pid) ${named}`, [name]);
      // The server's own way of waiting looks ten times a second.
      for (let looks = 0; looks < MOST_LOOKS; looks++)
        if ((await pool.query(`SELECT 1 ${named} LIMIT 1`, [name])).rows.length === 0) return;
      throw new Error(`cut the connections of ${name}: they are still there`);
    },
  };
}
