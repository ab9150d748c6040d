import { decodeEvent } from "../decode-event.ts";
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
        return found.map(decodeEvent);
      }),

    lastEvent: () => read("read the last event", () => Number(statements.lastEvent.get()?.["seq"] ?? 0)),
    eventCommitted: (signal) => waiters.wait(signal),
  };
}
