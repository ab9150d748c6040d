import type { EventView } from "../api/instance-view.ts";
import type { Client } from "../client/client.ts";
import { ServiceUnreachable } from "../client/service-unreachable.ts";
import type { Command } from "./command.ts";
import { withService } from "./connect.ts";
import type { Context } from "./context.ts";
import { phaseStyle } from "./phase-style.ts";
import { localTime } from "./time-left.ts";
import { UserError } from "../api/user-error.ts";

export const events: Command = {
  summary: "What happened, and with --follow what happens",
  usage: ["[REF] [--follow] [--after SEQ]"],
  takes: [0, 1],
  options: {
    follow: { short: "f", help: "go on until Ctrl-C" },
    after: { value: "SEQ", help: "only what came after this event (default: 0)" },
  },
  details: "With --json each event is a line.",
  async run(context, given) {
    const text = given.text("after") ?? "0";
    if (!/^\d{1,15}$/.test(text))
      throw new UserError("usage", {
        exitCode: 2,
        problems: [{ path: "--after", message: `"${text}" is not the number of an event` }],
      });
    const query = {
      after: Number(text),
      ...(given.positionals[0] !== undefined && { instance: given.positionals[0] }),
    };
    let printed = 0;
    await withService(context, async (client) => {
      try {
        for await (const event of given.flag("follow") ? client.follow(query) : pages(client, query)) {
          print(context, event);
          printed += 1;
        }
      } catch (error) {
        // Whoever stopped the service meant it: an open terminal does not start another one.
        if (!(error instanceof ServiceUnreachable) || printed === 0) throw error;
        throw new UserError("the service went away", { suggestion: "mayfly service starts it again" });
      }
    });
    return 0;
  },
};

async function* pages(
  client: Client,
  query: { after: number; instance?: string },
): AsyncGenerator<EventView> {
  for (let { after } = query; ;) {
    const page = await client.events({ ...query, after, limit: 500 });
    yield* page.events;
    if (page.events.length < 500) return;
    after = page.after;
  }
}

function print(context: Context, event: EventView): void {
  if (context.json) return context.out(JSON.stringify(event));
  const { seq, at, instanceId, kind, phase } = event;
  const now = Date.now();
  const more = kind === "extended" ? `until ${localTime(event.expiresAt, now)}` : event.reason;
  const what = kind === "phase" ? context.style(phaseStyle(event), phase) : kind;
  context.out(
    `${context.style("dim", String(seq).padStart(5))}  ${localTime(at, now)}  ${instanceId}  ${what}${more === undefined ? "" : `  ${more}`}`,
  );
}
