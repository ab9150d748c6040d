import type { Migration } from "./migration.ts";

export const deliveries: Migration = {
  version: 4,
  sql: `
    -- What came by a queue and is not acknowledged there: a row goes when its message is gone from the queue.
    CREATE TABLE deliveries (
      key TEXT PRIMARY KEY,
      instance_id TEXT NOT NULL REFERENCES instances (id)
    ) WITHOUT ROWID;
    CREATE INDEX instances_provisioning ON instances (account) WHERE phase IN ('pending', 'provisioning');
  `,
};
