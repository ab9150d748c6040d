import type { Instance, InstanceEvent } from "../lifecycle/instance.ts";
import type { NewEvent } from "./store.ts";

/** An event that has no place in the order yet. */
export type EventDraft = Omit<InstanceEvent, "seq">;

/** What happened, with the phase and the deadline that the row has after it. */
export const eventDraft = (row: Instance, { at, kind, reason }: NewEvent): EventDraft => ({
  at,
  instanceId: row.id,
  kind,
  phase: row.phase,
  ...(reason !== undefined && { reason }),
  expiresAt: row.expiresAt,
});
