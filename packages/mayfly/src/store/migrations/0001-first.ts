import type { Migration } from "./migration.ts";

export const first: Migration = {
  version: 1,
  sql: `
    CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

    CREATE TABLE instances (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      account TEXT NOT NULL,
      zone TEXT NOT NULL,
      origin TEXT NOT NULL,
      phase TEXT NOT NULL,
      desired TEXT NOT NULL,
      expires_at INTEGER NOT NULL,
      next_action_at INTEGER,
      watched INTEGER NOT NULL,
      version INTEGER NOT NULL,
      lease_token TEXT,
      lease_until INTEGER,
      machine_id TEXT,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      ended_at INTEGER,
      spec TEXT NOT NULL,
      footprint TEXT NOT NULL,
      detail TEXT NOT NULL
    );
    CREATE UNIQUE INDEX instances_live_name ON instances (name) WHERE phase <> 'deleted';
    CREATE INDEX instances_deleted_name ON instances (name, created_at DESC, id DESC) WHERE phase = 'deleted';
    CREATE INDEX instances_machine ON instances (machine_id) WHERE machine_id IS NOT NULL;
    CREATE INDEX instances_youngest ON instances (created_at DESC, id DESC);
    CREATE INDEX instances_live_youngest ON instances (created_at DESC, id DESC) WHERE phase <> 'deleted';
    CREATE INDEX instances_watched ON instances (account) WHERE watched = 1;
    -- Both cover the questions of the scheduler: a due row is found without a look at the table.
    CREATE INDEX instances_due ON instances (next_action_at, lease_until, id) WHERE next_action_at IS NOT NULL;
    CREATE INDEX instances_held ON instances (lease_token, lease_until, next_action_at) WHERE lease_token IS NOT NULL;

    CREATE TABLE events (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      at INTEGER NOT NULL,
      instance_id TEXT NOT NULL REFERENCES instances (id),
      kind TEXT NOT NULL,
      phase TEXT NOT NULL,
      reason TEXT,
      expires_at INTEGER NOT NULL
    );
    CREATE INDEX events_instance ON events (instance_id, seq);

    CREATE TABLE idempotency_keys (
      key TEXT PRIMARY KEY,
      instance_id TEXT NOT NULL REFERENCES instances (id)
    ) WITHOUT ROWID;

    -- One row a key: a later instance takes the place of one that is deleted.
    CREATE TABLE found_keys (
      key TEXT PRIMARY KEY,
      instance_id TEXT NOT NULL REFERENCES instances (id)
    ) WITHOUT ROWID;

    CREATE TABLE zones_used (
      account TEXT NOT NULL,
      zone TEXT NOT NULL,
      PRIMARY KEY (account, zone)
    ) WITHOUT ROWID;

    CREATE TABLE suspects (
      account TEXT NOT NULL,
      key TEXT NOT NULL,
      first_seen_at INTEGER NOT NULL,
      PRIMARY KEY (account, key)
    ) WITHOUT ROWID;
  `,
};
