import type { InstanceEvent } from "../../lifecycle/instance.ts";
import type { Store } from "../store.ts";
import type { Session } from "./session.ts";

export function events(session: Session): Pick<Store, "events" | "lastEvent" | "eventCommitted"> {
  const { statements, read, waiters } = session;
  return {
    events: ({ after, instanceId, limit }) =>
      read("read events", () => {
        const found =
          instanceId === undefined
            ? statements.events.all({ after, limit })
            : statements.eventsOf.all({ after, limit, id: instanceId });
        return found.map((columns) => decode(columns as unknown as EventColumns));
      }),

    lastEvent: () => read("read the last event", () => Number(statements.lastEvent.get()?.["seq"] ?? 0)),
    eventCommitted: (signal) => waiters.wait(signal),
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

const decode = ({ seq, at, instance_id, kind, phase, reason, expires_at }: EventColumns): InstanceEvent => ({
  seq,
  at,
  instanceId: instance_id,
  kind,
  phase,
  ...(reason !== null && { reason }),
  expiresAt: expires_at,
});
