import { LONGEST_LEASE_MS } from "./is-held.ts";

const COLUMNS =
  "id, name, account, zone, origin, phase, desired, expires_at, next_action_at, watched, version, lease_token, " +
  "lease_until, machine_id, created_at, updated_at, ended_at, spec, footprint, detail";

const EVENT = "seq, at, instance_id, kind, phase, reason, expires_at";

// `next_action_at IS NOT NULL` and the like repeat the predicate of a partial index: without it SQLite may not use the index.
const UNHELD = `(coalesce(lease_until, 0) <= :now OR lease_until > :now + ${LONGEST_LEASE_MS})`;
const UNHELD_DUE = `next_action_at IS NOT NULL AND ${UNHELD}`;

const THING = ":account, :kind, :place, :name";
const IS_THING = "account = :account AND kind = :kind AND place = :place AND name = :name";
const USES = `SELECT 1 FROM shared_uses WHERE ${IS_THING}`;

/**
 * Every statement but the update of a row, which names only what changed, in the SQL that SQLite and PostgreSQL share.
 * None that reads walks a table.
 */
export const sql = {
  owner: "SELECT value FROM meta WHERE key = 'owner'",
  moved: "SELECT value FROM meta WHERE key = 'moved'",
  setOwner: "UPDATE meta SET value = :owner WHERE key = 'owner'",
  anyLive:
    "SELECT 1 FROM instances WHERE created_at >= 0 AND phase <> 'deleted' ORDER BY created_at DESC LIMIT 1",

  byId: `SELECT ${COLUMNS} FROM instances WHERE id = :id`,
  byMachine: `SELECT ${COLUMNS} FROM instances WHERE machine_id = :machine AND machine_id IS NOT NULL
    ORDER BY phase = 'deleted', created_at DESC, id DESC LIMIT 1`,
  byLiveName: `SELECT ${COLUMNS} FROM instances WHERE name = :name AND phase <> 'deleted'`,
  byDeletedName: `SELECT ${COLUMNS} FROM instances WHERE name = :name AND phase = 'deleted'
    ORDER BY created_at DESC, id DESC LIMIT 1`,
  position: 'SELECT created_at AS "createdAt", id FROM instances WHERE id = :id',
  list: `SELECT ${COLUMNS} FROM instances WHERE (created_at, id) < (:createdAt, :id) AND phase <> 'deleted'
    ORDER BY created_at DESC, id DESC LIMIT :limit`,
  listAll: `SELECT ${COLUMNS} FROM instances WHERE (created_at, id) < (:createdAt, :id)
    ORDER BY created_at DESC, id DESC LIMIT :limit`,
  watched: `SELECT ${COLUMNS} FROM instances WHERE account = :account AND watched = 1`,

  provisioning: `SELECT count(*) AS count FROM instances
    WHERE account = :account AND phase IN ('pending', 'provisioning')`,

  due: `SELECT id FROM instances WHERE ${UNHELD_DUE} AND next_action_at <= :now ORDER BY next_action_at LIMIT :limit`,
  nextUnheld: `SELECT next_action_at AS at FROM instances WHERE ${UNHELD_DUE} ORDER BY next_action_at LIMIT 1`,
  // Walks the leases, of which there are as many as workers have hands.
  nextHeld: `SELECT min(CASE WHEN next_action_at > lease_until THEN next_action_at ELSE lease_until END) AS at
    FROM instances
    WHERE lease_token IS NOT NULL AND lease_until > :now AND lease_until <= :now + ${LONGEST_LEASE_MS}
      AND next_action_at IS NOT NULL`,

  insert: `INSERT INTO instances (${COLUMNS}) VALUES (${COLUMNS.replaceAll(/\w+/g, ":$&")})`,
  claim: `UPDATE instances SET lease_token = :token, lease_until = :until, version = version + 1
    WHERE id = :id AND phase <> 'deleted' AND ${UNHELD}
    RETURNING ${COLUMNS}`,
  renew: `UPDATE instances SET lease_until = :until
    WHERE lease_token = :token AND lease_token IS NOT NULL AND lease_until > :now`,

  byIdempotencyKey: `SELECT ${COLUMNS} FROM instances WHERE id = (SELECT instance_id FROM idempotency_keys WHERE key = :key)`,
  addIdempotencyKey: "INSERT INTO idempotency_keys (key, instance_id, at) VALUES (:key, :id, :at)",
  dropIdempotencyKeys: "DELETE FROM idempotency_keys WHERE at < :before",
  byFoundKey: `SELECT ${COLUMNS} FROM instances WHERE id = (SELECT instance_id FROM found_keys WHERE key = :key) AND phase <> 'deleted'`,
  addFoundKey: `INSERT INTO found_keys (key, instance_id) VALUES (:key, :id)
    ON CONFLICT (key) DO UPDATE SET instance_id = excluded.instance_id`,

  byDelivery: `SELECT ${COLUMNS} FROM instances WHERE id = (SELECT instance_id FROM deliveries WHERE key = :key)`,
  addDelivery: "INSERT INTO deliveries (key, instance_id) VALUES (:key, :id)",
  deliveries: "SELECT key FROM deliveries WHERE key > '' ORDER BY key",
  dropDelivery: "DELETE FROM deliveries WHERE key = :key",

  addZone: "INSERT INTO zones_used (account, zone) VALUES (:account, :zone) ON CONFLICT DO NOTHING",
  zonesUsed: "SELECT zone FROM zones_used WHERE account = :account",

  addEvent: `INSERT INTO events (at, instance_id, kind, phase, reason, expires_at)
    VALUES (:at, :instanceId, :kind, :phase, :reason, :expiresAt)`,
  events: `SELECT ${EVENT} FROM events WHERE seq > :after ORDER BY seq LIMIT :limit`,
  lastEvent: "SELECT max(seq) AS seq FROM events",
  eventsOf: `SELECT ${EVENT} FROM events WHERE instance_id = :id AND seq > :after ORDER BY seq LIMIT :limit`,

  dropSuspects: "DELETE FROM suspects WHERE account = :account",
  addSuspect: `INSERT INTO suspects (account, key, first_seen_at) VALUES (:account, :key, :firstSeenAt)
    ON CONFLICT (account, key) DO UPDATE SET first_seen_at = excluded.first_seen_at`,
  suspects: "SELECT key, first_seen_at FROM suspects WHERE account = :account",

  addShared: `INSERT INTO shared (account, kind, place, name) VALUES (${THING}) ON CONFLICT DO NOTHING`,
  addSharedUse: `INSERT INTO shared_uses (account, kind, place, name, instance_id) VALUES (${THING}, :id)
    ON CONFLICT DO NOTHING`,
  dropSharedUses: "DELETE FROM shared_uses WHERE instance_id = :id",
  shared: `SELECT kind, place, name,
      (SELECT count(*) FROM shared_uses AS use WHERE use.account = one.account AND use.kind = one.kind
        AND use.place = one.place AND use.name = one.name) AS uses
    FROM shared AS one WHERE account = :account`,
  takeShared: `UPDATE shared SET taken_token = :token, taken_until = :until
    WHERE ${IS_THING} AND NOT EXISTS (${USES})
      AND (coalesce(taken_until, 0) <= :now OR taken_until > :now + ${LONGEST_LEASE_MS})`,
  sharedTaken: `SELECT 1 FROM shared
    WHERE ${IS_THING} AND taken_until > :now AND taken_until <= :now + ${LONGEST_LEASE_MS}`,
  dropShared: `DELETE FROM shared WHERE ${IS_THING} AND taken_token = :token AND NOT EXISTS (${USES})`,
  giveSharedBack: `UPDATE shared SET taken_token = NULL, taken_until = NULL
    WHERE ${IS_THING} AND taken_token = :token`,

  takeDuty: `INSERT INTO duties (name, token, held_until) VALUES (:name, :token, :until)
    ON CONFLICT (name) DO UPDATE SET token = :token, held_until = :until
    WHERE duties.token = :token OR duties.held_until <= :now OR duties.held_until > :now + ${LONGEST_LEASE_MS}`,
  leaveDuty: "DELETE FROM duties WHERE name = :name AND token = :token",
  dropDuties: "DELETE FROM duties WHERE name > '' AND held_until < :before",
  duties: `SELECT name, token, held_until FROM duties
    WHERE name > '' AND held_until > :now AND held_until <= :now + ${LONGEST_LEASE_MS} ORDER BY name`,
  dutyOfAnother: "SELECT 1 FROM duties WHERE name = :name AND token <> :token",

  addSighting: `INSERT INTO sightings (instance_id, seen)
    SELECT id, :seen FROM instances WHERE id = :id AND phase <> 'deleted'
    ON CONFLICT (instance_id) DO UPDATE SET seen = :seen`,
  dropSighting: "DELETE FROM sightings WHERE instance_id = :id",
  sighting: "SELECT seen FROM sightings WHERE instance_id = :id",

  takeCalls: `INSERT INTO buckets (account, empty_until) VALUES (:account, :full)
    ON CONFLICT (account) DO UPDATE SET empty_until = CASE
      WHEN buckets.empty_until < :floor OR buckets.empty_until > :most THEN :full
      ELSE buckets.empty_until + :cost END
    RETURNING empty_until`,
  holdCalls: `INSERT INTO buckets (account, empty_until) VALUES (:account, :until)
    ON CONFLICT (account) DO UPDATE SET empty_until = :until
    WHERE buckets.empty_until < :until OR buckets.empty_until > :most`,

  now: "SELECT CAST(unixepoch('subsec') * 1000 AS INTEGER) AS now",
} as const;
