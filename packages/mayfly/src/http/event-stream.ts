import type { Commands } from "../api/commands.ts";
import { eventView } from "../api/instance-view.ts";
import type { Clock } from "../clock.ts";
import type { InstanceEvent } from "../lifecycle/instance.ts";
import type { ApiOptions } from "./api-options.ts";

const HEARTBEAT_MS = 15_000;
const PAGE = 100;

export interface EventStreamOptions {
  commands: Pick<Commands, "events" | "nextEvent">;
  clock: Clock;
  log: ApiOptions["log"];
  /** The stream begins behind this event. */
  after: number;
  instanceId: string | undefined;
  /** Aborts when the client is gone. */
  signal: AbortSignal;
  /** Called once, when the stream is over, however it ends. */
  ended: () => void;
}

/** Server-sent events: what happened since `after`, then what happens, until the client goes. */
export function eventStream(options: EventStreamOptions): Response {
  const cancelled = new AbortController();
  const signal = AbortSignal.any([options.signal, cancelled.signal]);
  signal.addEventListener("abort", options.ended, { once: true });
  const encoder = new TextEncoder();
  let after = options.after;

  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode("retry: 1000\n: here\n\n")),
    async pull(controller) {
      const text = await next().catch(failed);
      if (text !== undefined) return controller.enqueue(encoder.encode(text));
      controller.close();
      cancelled.abort();
    },
    cancel: () => cancelled.abort(),
  });

  // The client comes again behind the last event that it read.
  function failed(error: unknown): undefined {
    if (!signal.aborted) options.log.error({ err: error }, "an event stream failed");
  }

  async function next(): Promise<string | undefined> {
    while (!signal.aborted) {
      const round = new AbortController();
      // Listen first, read then: what is written in between would wake nobody.
      const woken = wake(AbortSignal.any([signal, round.signal]));
      try {
        const events = await options.commands.events({ after, instanceId: options.instanceId, limit: PAGE });
        after = events.at(-1)?.seq ?? after;
        if (events.length > 0) return events.map(encode).join("");
        if ((await woken) === "heartbeat") return ": still here\n\n";
      } finally {
        round.abort();
      }
    }
    return undefined;
  }

  function wake(signal: AbortSignal): Promise<"event" | "heartbeat" | "over"> {
    return Promise.race([
      options.commands.nextEvent(signal).then(() => "event" as const),
      options.clock.sleep(HEARTBEAT_MS, signal).then(
        () => "heartbeat" as const,
        () => "over" as const,
      ),
    ]);
  }

  return new Response(body, { headers: { "Content-Type": "text/event-stream", "X-Accel-Buffering": "no" } });
}

function encode(event: InstanceEvent): string {
  return `id: ${event.seq}\nevent: ${event.kind}\ndata: ${JSON.stringify(eventView(event))}\n\n`;
}
