import type { Migration } from "./migration.ts";

export const shared: Migration = {
  version: 2,
  sql: `
    -- What instances share, and Mayfly may have made for them: removed when the last that wants it is gone.
    CREATE TABLE shared (
      account TEXT NOT NULL,
      kind TEXT NOT NULL,
      place TEXT NOT NULL,
      name TEXT NOT NULL,
      taken_token TEXT,
      taken_until INTEGER,
      PRIMARY KEY (account, kind, place, name)
    ) WITHOUT ROWID;

    CREATE TABLE shared_uses (
      account TEXT NOT NULL,
      kind TEXT NOT NULL,
      place TEXT NOT NULL,
      name TEXT NOT NULL,
      instance_id TEXT NOT NULL REFERENCES instances (id),
      PRIMARY KEY (account, kind, place, name, instance_id)
    ) WITHOUT ROWID;
    CREATE INDEX shared_uses_instance ON shared_uses (instance_id);
  `,
};
