import type { Command } from "./command.ts";
import { withService } from "./connect.ts";
import { instanceDetails } from "./describe-instance.ts";

export const status: Command = {
  summary: "All about one instance: phase, deadline, cost, addresses, trouble",
  usage: ["REF"],
  takes: [1, 1],
  options: {},
  async run(context, { positionals }) {
    const instance = await withService(context, (client) => client.get(positionals[0]!));
    context.out(context.json ? JSON.stringify(instance) : instanceDetails(context, instance));
    return 0;
  },
};
