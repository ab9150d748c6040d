import { decodeEvent } from "../decode-event.ts";
import type { Store } from "../store.ts";
import type { News } from "./news.ts";
import type { Session } from "./session.ts";

export function events(
  { read }: Session,
  news: News,
): Pick<Store, "events" | "lastEvent" | "eventCommitted"> {
  return {
    events: ({ after, instanceId, limit }) =>
      read("read events", async (run) => {
        const found =
          instanceId === undefined
            ? await run("events", { after, limit })
            : await run("eventsOf", { after, limit, id: instanceId });
        return found.map(decodeEvent);
      }),

    lastEvent: () =>
      read("read the last event", async (run) => Number((await run("lastEvent"))[0]?.["seq"] ?? 0)),
    eventCommitted: (signal) => news.events.wait(signal),
  };
}
