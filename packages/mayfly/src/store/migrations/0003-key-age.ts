import type { Migration } from "./migration.ts";

export const keyAge: Migration = {
  version: 3,
  sql: `
    ALTER TABLE idempotency_keys ADD COLUMN at INTEGER NOT NULL DEFAULT 0;
    UPDATE idempotency_keys
      SET at = (SELECT created_at FROM instances WHERE instances.id = idempotency_keys.instance_id);
    CREATE INDEX idempotency_keys_at ON idempotency_keys (at);
  `,
};
