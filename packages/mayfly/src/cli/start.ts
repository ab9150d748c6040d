import type { Command } from "./command.ts";
import { withService } from "./connect.ts";
import { showOrWait, waitOption } from "./wait-option.ts";

export const start: Command = {
  summary: "Start a stopped instance; its deadline stays",
  usage: ["REF [--wait]"],
  takes: [1, 1],
  options: waitOption,
  run: (context, given) =>
    withService(context, async (client) => {
      const instance = await client.start(given.positionals[0]!);
      return showOrWait(context, given, { client, instance, goal: "running" });
    }),
};
