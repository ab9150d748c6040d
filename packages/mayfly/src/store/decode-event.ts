import type { InstanceEvent } from "../lifecycle/instance.ts";

/** An event as a database hands it out. */
export function decodeEvent(columns: Record<string, unknown>): InstanceEvent {
  const { seq, at, instance_id, kind, phase, reason, expires_at } = columns as unknown as EventColumns;
  return {
    seq,
    at,
    instanceId: instance_id,
    kind,
    phase,
    ...(reason !== null && { reason }),
    expiresAt: expires_at,
  };
}

interface EventColumns {
  seq: number;
  at: number;
  instance_id: string;
  kind: InstanceEvent["kind"];
  phase: InstanceEvent["phase"];
  reason: string | null;
  expires_at: number;
}
