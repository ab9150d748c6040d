import type { Migration } from "./migration.ts";

export const buckets: Migration = {
  version: 6,
  sql: `
    -- How many calls an account has left: so many as have come since this moment. In the future: that long none.
    CREATE TABLE buckets (
      account TEXT PRIMARY KEY,
      empty_until DOUBLE PRECISION NOT NULL
    ) WITHOUT ROWID;
  `,
};
