import type { Command } from "./command.ts";
import { withService } from "./connect.ts";
import { showOrWait, waitOption } from "./wait-option.ts";

export const stop: Command = {
  summary: "Stop an instance without deleting it",
  usage: ["REF [--wait]"],
  takes: [1, 1],
  options: waitOption,
  run: (context, given) =>
    withService(context, async (client) => {
      const instance = await client.stop(given.positionals[0]!);
      return showOrWait(context, given, { client, instance, goal: "stopped" });
    }),
};
