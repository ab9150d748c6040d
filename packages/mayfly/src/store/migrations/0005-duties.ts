import type { Migration } from "./migration.ts";

export const duties: Migration = {
  version: 5,
  sql: `
    -- What one process does for all of them, and which one has it.
    CREATE TABLE duties (
      name TEXT PRIMARY KEY,
      token TEXT NOT NULL,
      held_until INTEGER NOT NULL
    ) WITHOUT ROWID;

    -- What the process that looks at the cloud saw of an instance, for the one that works on it.
    CREATE TABLE sightings (
      instance_id TEXT PRIMARY KEY REFERENCES instances (id),
      seen TEXT NOT NULL
    ) WITHOUT ROWID;
  `,
};
