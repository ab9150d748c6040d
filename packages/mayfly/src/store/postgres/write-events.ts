import { escapeLiteral } from "pg";
import type { EventDraft } from "../event-draft.ts";

/**
 * The statements that write them. From the first of these on no other transaction that writes events goes on until this
 * one has committed: an event that is seen has no earlier number to come after it. They go to the server together with the
 * commit: nobody ever waits for a process that stands still in between.
 */
export function writeEvents(events: readonly EventDraft[], channel: string): string[] {
  if (events.length === 0) return [];
  const columns = events.map(({ at, instanceId, kind, phase, reason, expiresAt }, place) => ({
    place,
    at,
    instance_id: instanceId,
    kind,
    phase,
    reason,
    expires_at: expiresAt,
  }));
  return [
    `SELECT pg_advisory_xact_lock(hashtext('mayfly events'), hashtext(${escapeLiteral(channel)}))`,
    `INSERT INTO events (at, instance_id, kind, phase, reason, expires_at)
      SELECT at, instance_id, kind, phase, reason, expires_at
      FROM jsonb_to_recordset(${escapeLiteral(JSON.stringify(columns))}::jsonb)
        AS new (place int, at bigint, instance_id text, kind text, phase text, reason text, expires_at bigint)
      ORDER BY place`,
  ];
}
