import type pg from "pg";
import type { EventDraft } from "../event-draft.ts";

/**
 * Writes them with one transaction at a time between here and its commit: an event that is seen has no earlier number to
 * come after it.
 */
export async function writeEvents(
  client: pg.PoolClient,
  events: readonly EventDraft[],
  channel: string,
): Promise<void> {
  await client.query("SELECT pg_advisory_xact_lock(hashtext('mayfly events'), hashtext($1))", [channel]);
  const columns = events.map(({ at, instanceId, kind, phase, reason, expiresAt }, place) => ({
    place,
    at,
    instance_id: instanceId,
    kind,
    phase,
    reason,
    expires_at: expiresAt,
  }));
  await client.query(
    `INSERT INTO events (at, instance_id, kind, phase, reason, expires_at)
      SELECT at, instance_id, kind, phase, reason, expires_at
      FROM jsonb_to_recordset($1::jsonb)
        AS new (place int, at bigint, instance_id text, kind text, phase text, reason text, expires_at bigint)
      ORDER BY place`,
    [JSON.stringify(columns)],
  );
}
