import type { InstanceView } from "../api/instance-view.ts";
import type { Client } from "../client/client.ts";
import type { Command } from "./command.ts";
import { withService } from "./connect.ts";
import { deadlineLine } from "./describe-instance.ts";
import { readDuration } from "./duration-option.ts";
import { readInstant } from "./read-instant.ts";
import { localTime } from "./time-left.ts";
import { UserError } from "../api/user-error.ts";

export const extend: Command = {
  summary: "Move the deadline of an instance",
  usage: ["REF DURATION", "REF --until INSTANT"],
  takes: [1, 2],
  options: {
    until: {
      value: "INSTANT",
      help: "to this instant, such as 2026-01-31T18:00:00Z or 2026-01-31T18:00 (local)",
    },
  },
  details: `extend REF 30m adds to the deadline, or to now when that has passed. A machine that its deadline stopped starts
again. Refused past the instance's maximum lifetime, and once it is being deleted.`,
  async run(context, given) {
    const [reference, duration] = given.positionals as [string, string?];
    const until = given.text("until");
    const wanted = readWanted(duration, until);
    const instance = await withService(context, (client) =>
      wanted.byMs === undefined
        ? client.extend(reference, { expiresAt: wanted.until })
        : extendBy(client, reference, wanted.byMs),
    );
    context.out(context.json ? JSON.stringify(instance) : `${instance.name} ${deadlineLine(instance)}`);
    return 0;
  },
};

type Wanted = { byMs: number } | { byMs?: undefined; until: string };

function readWanted(duration: string | undefined, until: string | undefined): Wanted {
  if ((duration === undefined) === (until === undefined))
    throw new UserError("usage", {
      exitCode: 2,
      problems: [
        {
          path: "extend",
          message: "give a duration or --until, one of them",
          suggestion: "mayfly extend lab-1 30m",
        },
      ],
    });
  if (duration !== undefined) {
    const byMs = readDuration("DURATION", duration);
    if (typeof byMs === "number") return { byMs };
    throw new UserError("usage", { exitCode: 2, problems: [byMs] });
  }
  const instant = readInstant("--until", until!);
  if (typeof instant === "string") return { until: instant };
  throw new UserError("usage", { exitCode: 2, problems: [instant] });
}

/** Adds to the deadline that was read, and only to that one: somebody else's extend in between is never doubled. */
async function extendBy(client: Client, reference: string, byMs: number): Promise<InstanceView> {
  const read = await client.get(reference);
  const expiresAt = new Date(Math.max(Date.now(), Date.parse(read.expiresAt)) + byMs).toISOString();
  try {
    return await client.extend(read.id, { expiresAt, ifExpiresAt: read.expiresAt });
  } catch (error) {
    const now = await client.get(read.id).catch(() => read);
    if (now.expiresAt === read.expiresAt) throw error;
    const [was, is] = [read, now].map((one) => localTime(one.expiresAt, Date.now()));
    throw new UserError(
      `the deadline of ${now.name} moved from ${was} to ${is} meanwhile; this extend changed nothing`,
      {
        exitCode: 4,
        suggestion: `extend it again if ${is} is not late enough`,
      },
    );
  }
}
