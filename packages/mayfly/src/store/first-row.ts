import type { Instance } from "../lifecycle/instance.ts";
import type { EventDraft } from "./event-draft.ts";
import { eventDraft } from "./event-draft.ts";
import type { NewInstance } from "./store.ts";

/** A new row in its first version, and the event that says so. */
export function firstRow(fresh: NewInstance): { row: Instance; event: EventDraft } {
  const row: Instance = { ...fresh, version: 1, lease: undefined };
  const kind = row.origin === "found" ? "found" : "requested";
  return { row, event: eventDraft(row, { at: row.createdAt, kind, reason: row.reason }) };
}
