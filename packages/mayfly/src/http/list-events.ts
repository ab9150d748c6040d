import { z } from "zod";
import { eventView } from "../api/instance-view.ts";
import { limits } from "../api/limits.ts";
import { RequestProblem } from "../api/problem.ts";
import { eventStream } from "./event-stream.ts";
import { HttpProblem } from "./http-problem.ts";
import { queryFields, readQuery } from "./read-query.ts";
import type { RouteFactory } from "./route.ts";

const { after, limit, name } = queryFields;
const querySchema = z.strictObject({ after, limit, instance: name });

/**
 * `GET /v1/events?after=SEQ&instance=REF&limit`: a page of what happened after `after`; as a stream when
 * `text/event-stream` is accepted, which goes on after `Last-Event-ID`.
 */
export const listEvents: RouteFactory = ({ commands, clock, log }) => {
  let streams = 0;
  return {
    method: "GET",
    path: "/v1/events",
    async handle({ request }) {
      const { after, limit, instance } = readQuery(request, querySchema);
      const from = lastEventId(request) ?? after;
      const instanceId = instance === undefined ? undefined : (await commands.get(instance)).id;
      if (!request.headers.get("accept")?.includes("text/event-stream")) {
        const events = await commands.events({ after, instanceId, limit });
        return Response.json({ events: events.map(eventView), after: events.at(-1)?.seq ?? after });
      }
      if (streams >= limits.streams)
        throw new HttpProblem(
          503,
          `${streams} clients follow events already: end one of them, and ask again`,
        );
      streams += 1;
      const ended = () => void (streams -= 1);
      return eventStream({ commands, clock, log, after: from, instanceId, signal: request.signal, ended });
    },
  };
};

function lastEventId(request: Request): number | undefined {
  const id = request.headers.get("last-event-id");
  if (id === null || id === "") return undefined;
  if (/^\d{1,15}$/.test(id)) return Number(id);
  throw new RequestProblem("invalid", "Last-Event-ID is not the number of an event", [
    {
      path: "Last-Event-ID",
      message: "is not the number of an event",
      suggestion: "send the id of the last event read",
    },
  ]);
}
