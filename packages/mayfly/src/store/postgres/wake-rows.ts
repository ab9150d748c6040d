import { LONGEST_LEASE_MS } from "../is-held.ts";
import type { Session } from "./session.ts";

/** What a scheduler of many processes needs to know of the rows. */
export interface WakeRows {
  /** Rows that have a time up to `until`, earliest first: when each is due, which is not before its lease ends. */
  upcoming(now: number, until: number, limit: number): Promise<{ id: string; at: number }[]>;
  /** Of these rows those that somebody holds at `now`, and until when. */
  heldUntil(ids: readonly string[], now: number): Promise<Map<string, number>>;
}

const HELD = `lease_until > :now AND lease_until <= :now + ${LONGEST_LEASE_MS}`;
const UPCOMING = `SELECT id, CASE WHEN ${HELD} THEN greatest(next_action_at, lease_until) ELSE next_action_at END AS at
  FROM instances
  WHERE next_action_at IS NOT NULL AND next_action_at <= :until
    AND (${HELD} AND lease_until <= :until OR (${HELD}) IS NOT TRUE)
  ORDER BY next_action_at LIMIT :limit`;
const HELD_UNTIL = `SELECT id, lease_until FROM instances WHERE id = ANY (:ids::text[]) AND ${HELD}`;

export function wakeRows({ ask }: Session): WakeRows {
  return {
    upcoming: async (now, until, limit) =>
      (await ask("list what is due soon", UPCOMING, { now, until, limit })).map(({ id, at }) => ({
        id: String(id),
        at: Number(at),
      })),

    async heldUntil(ids, now) {
      const found = await ask("look who holds rows", HELD_UNTIL, { ids: [...ids], now });
      return new Map(found.map((row) => [String(row["id"]), Number(row["lease_until"])]));
    },
  };
}
