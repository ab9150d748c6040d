import { escapeIdentifier, Pool, types } from "pg";
import type { CustomTypesConfig } from "pg";

export interface PoolOptions {
  /** `postgres://user:password@host:port/database` */
  url: string;
  /** The tables lie in it. */
  schema: string;
  /** @default 8 */
  connections?: number;
  /** @default 10000 */
  statementTimeoutMs?: number;
}

const CONNECT_TIMEOUT_MS = 5_000;
// A worker that stands still inside a transaction has others wait no longer than for its lease.
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 5_000;
// Beyond the server's own timeout: for a server that does not answer at all.
const ANSWER_GRACE_MS = 2_000;
const INT8 = types.builtins.INT8;

/** Connections whose every wait is bounded, by the server and by us. */
export function openPool(options: PoolOptions): Pool {
  const { url, schema, connections = 8, statementTimeoutMs = 10_000 } = options;
  const pool = new Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: statementTimeoutMs + ANSWER_GRACE_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: 5_000,
    application_name: "mayfly",
    types: numbersAsNumbers,
    onConnect: async (client) => void (await client.query(settings(schema, statementTimeoutMs))),
  });
  // A connection that breaks while nobody uses it is replaced by the next who needs one.
  pool.on("error", () => undefined);
  // One that breaks while it is used fails its query, and says so once more here.
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}

/** What each connection is told first; poolers between us and the server pass no start-up options on. */
export const settings = (schema: string, statementTimeoutMs: number): string =>
  `SET search_path TO ${escapeIdentifier(schema)};
  SET statement_timeout TO ${statementTimeoutMs};
  SET idle_in_transaction_session_timeout TO ${IDLE_IN_TRANSACTION_TIMEOUT_MS};
  SET synchronous_commit TO on`;

/** Without it a 64-bit number comes as a text. Ours are times and counts, far below 2^53. */
const numbersAsNumbers: CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    oid === INT8 ? (value: string) => Number(value) : types.getTypeParser(oid, format as "text"),
};
