import assert from "node:assert/strict";
import type { Cloud } from "./a-cloud.ts";

export const DATABASES = "/rdb/v1/regions/fr-par/instances";

export const ORDER = {
  name: "orders",
  engine: "PostgreSQL-17",
  node_type: "DB-DEV-S",
  user_name: "admin",
  password: "S3cret!!",
};

/** A new database instance that is ready. */
export async function aDatabase(
  { call, pass }: Cloud,
  body: Record<string, unknown> = {},
): Promise<{ id: string; path: string }> {
  const reply = await call("POST", DATABASES, { ...ORDER, ...body });
  assert.equal(reply.status, 200, reply.text);
  pass(400);
  return { id: reply.json.id, path: `${DATABASES}/${reply.json.id}` };
}
