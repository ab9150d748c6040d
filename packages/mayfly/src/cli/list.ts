import type { InstanceView } from "../api/instance-view.ts";
import type { Client } from "../client/client.ts";
import type { Command } from "./command.ts";
import { withService } from "./connect.ts";
import { costCells } from "./cost-lines.ts";
import { phaseStyle } from "./phase-style.ts";
import { table } from "./table.ts";
import { timeLeft } from "./time-left.ts";
import { UserError } from "../api/user-error.ts";

export const list: Command = {
  summary: "The instances there are, until when, and what they cost",
  usage: ["[--all]"],
  takes: [0, 0],
  options: { all: { help: "also those that are gone" } },
  async run(context, given) {
    const all = given.flag("all");
    const instances = await withService(context, (client) => allPages(client, all)).catch(
      (error: unknown) => {
        if (!(error instanceof UserError) || error.exitCode !== 3) throw error;
        if (!context.json) context.note(`${error.message}: ${error.suggestion}`);
        return [];
      },
    );
    if (context.json) context.out(JSON.stringify({ instances }));
    else if (instances.length === 0) context.note("no instances");
    else {
      const now = Date.now();
      const rows = instances.map((instance) => [
        instance.id,
        instance.name,
        { text: instance.phase, style: phaseStyle(instance) },
        instance.type,
        instance.zone,
        instance.ips[0] ?? "-",
        timeLeft(instance, now),
        ...costCells(instance),
      ]);
      context.out(
        table(
          ["ID", "NAME", "PHASE", "TYPE", "ZONE", "IP", "LEFT", "PER HOUR", "SO FAR"],
          rows,
          context.style,
        ),
      );
      if (instances.some(({ cost }) => cost?.unpriced && !cost.unpriced.includes("machine")))
        context.note("+ and what no price list has: `mayfly status` names it");
    }
    return 0;
  },
};

async function allPages(client: Client, all: boolean): Promise<InstanceView[]> {
  const instances: InstanceView[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.list({ limit: 500, all, ...(cursor !== undefined && { cursor }) });
    instances.push(...page.instances);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return instances;
}
