import type { EventView } from "../api/instance-view.ts";
import { readEvents } from "./event-source.ts";
import { ServiceUnreachable } from "./service-unreachable.ts";
import { exchangeStream, parseJson, whereIs } from "./transport.ts";
import type { Endpoint } from "./transport.ts";

// The service beats every 15 s; three beats missed, and the connection is dead.
const SILENCE_MS = 50_000;
const LONGEST_PAUSE_MS = 5_000;

export interface FollowOptions {
  /** Begins behind this event. @default 0 */
  after?: number;
  /** Only of this instance: id, machine id or name. */
  instance?: string;
  signal?: AbortSignal;
  /** How many connections in a row may fail before it throws. @default 10 */
  attempts?: number;
}

/** What happens, from `after` on and without end; takes up a broken connection behind the last event read. */
export async function* followEvents(
  endpoint: Endpoint,
  sleep: (ms: number, signal?: AbortSignal) => Promise<unknown>,
  options: FollowOptions = {},
): AsyncGenerator<EventView> {
  const { instance, signal, attempts = 10 } = options;
  const patient = { ...endpoint, timeoutMs: SILENCE_MS };
  let after = options.after ?? 0;
  for (let failures = 0; ; failures++) {
    if (signal?.aborted) return;
    try {
      for await (const event of connect(after)) {
        failures = 0;
        after = event.seq;
        yield event;
      }
    } catch (error) {
      if (signal?.aborted) return;
      if (!(error instanceof ServiceUnreachable) || failures + 1 >= attempts) throw error;
    }
    await sleep(Math.min(100 * 2 ** failures, LONGEST_PAUSE_MS), signal).catch(() => undefined);
  }

  async function* connect(after: number): AsyncGenerator<EventView> {
    const query = new URLSearchParams({
      after: String(after),
      ...(instance === undefined ? {} : { instance }),
    });
    const headers = { Accept: "text/event-stream", "Last-Event-ID": String(after) };
    const response = await exchangeStream(patient, {
      method: "GET",
      path: `/v1/events?${query}`,
      headers,
      signal,
    });
    response.setEncoding("utf8");
    try {
      for await (const { data } of readEvents(response)) yield parseJson<EventView>(endpoint, data);
    } catch (error) {
      throw new ServiceUnreachable("broken", whereIs(endpoint), { cause: error });
    } finally {
      response.destroy();
    }
  }
}
